/**
 * What many and large files cost, in real Chromiums against the real laptop: 300 photos from 5
 * phones at once, and the memory that a video of a gigabyte takes on the phone and on the laptop.
 *
 *     cd tests/browser && node ../bench/media.mjs [photos phones video_megabytes]
 *
 * (after `make build` and `sh .tools/npm.sh tests/browser`; a video needs three times its size on
 * the disk of /tmp)
 */
import { readdir, readFile, truncate } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Laptop } from '../browser/harness/laptop.mjs';
import { Phone } from '../browser/harness/phone.mjs';
import {
  everythingArrived,
  isIntact,
  nothingElseIsKept,
  recordAll,
} from '../browser/harness/expedition.mjs';
import { videoOf, photosOf } from '../browser/harness/pictures.mjs';

const [photos, phones, video_megabytes] = [300, 5, 1_000].map((usual, n) =>
  Number(process.argv[2 + n] ?? usual),
);
const say = (what, text) => console.log(`${what.padEnd(52)} ${text}`);
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Runs with what it begins ended at its end. */
async function during(work) {
  const ends = [];
  try {
    await work({ after: (end) => ends.unshift(end) });
  } finally {
    for (const end of ends) await end();
  }
}

/** Bytes of memory of a process, at this moment and at most. */
async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilo = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024;
  return { now: kilo('VmRSS'), most: kilo('VmHWM') };
}

/** Processes whose command line has all of these words. */
async function processes(...words) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = [];
  for (const pid of pids) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (words.every((word) => line.includes(word))) found.push(pid);
  }
  return found;
}

/**
 * How much more the pages of a phone, and its whole browser, come to take while something is done.
 */
async function most(profile, work) {
  const measure = async () => {
    const [pages, all] = await Promise.all(
      [['--type=renderer'], []].map(async (words) => {
        const each = await Promise.all((await processes(profile, ...words)).map(memory));
        return each.reduce((sum, { now }) => sum + now, 0);
      }),
    );
    return { pages, all };
  };
  const before = await measure();
  const more = { pages: 0, all: 0 };
  let goes_on = true;
  const watching = (async () => {
    while (goes_on) {
      const now = await measure();
      for (const what of ['pages', 'all'])
        more[what] = Math.max(more[what], now[what] - before[what]);
      await setTimeout(100);
    }
  })();
  await work();
  goes_on = false;
  await watching;
  return { before, more };
}

/** All photos are recorded with the laptop off, and brought by all phones at once. */
async function together(t) {
  const laptop = await Laptop.start(t);
  const all = [];
  for (let n = 0; n < phones; n += 1)
    all.push(await Phone.ready(t, laptop, { holder: `Phone ${n + 1}` }));
  const files = await photosOf(t, all[0].page, photos, { width: 640, height: 480 });
  await laptop.stop();
  const share = (n) => files.filter((_, at) => at % phones === n);
  for (const [n, phone] of all.entries())
    await recordAll(phone, Math.ceil(share(n).length / 20), share(n));
  const start = performance.now();
  await laptop.start();
  const named = await everythingArrived(laptop, files.length);
  const took_ms = performance.now() - start;
  const bytes = await isIntact(laptop, named);
  await nothingElseIsKept(laptop, named);
  say(
    `${photos} photos from ${phones} phones at once, each intact`,
    `${seconds(took_ms)}, ${mega(bytes)}`,
  );
  const [pid] = await processes('chasqui', laptop.data);
  say('the laptop took at most', mega((await memory(pid)).most));
}

/** A video is taken and sent. */
async function video(t) {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  const file = await videoOf(t, 1_000_000);
  // The rest of it is a hole: no disk is needed for it, and every byte is read and sent all the
  // same.
  await truncate(file, video_megabytes * 1_000_000);
  await laptop.stop();
  let start = performance.now();
  alice.page.setDefaultTimeout(600_000);
  const taking = await most(alice.profile, () => recordAll(alice, 1, [file]));
  const told = ({ before, more }) =>
    `pages ${mega(before.pages)} + ${mega(more.pages)}, browser ${mega(before.all)} + ${mega(more.all)}`;
  say(`a video of ${video_megabytes} MB is taken`, seconds(performance.now() - start));
  say('memory before, and more while it was taken', told(taking));
  start = performance.now();
  await laptop.start();
  const sending = await most(alice.profile, () => everythingArrived(laptop, 1));
  say('it is sent', seconds(performance.now() - start));
  say('memory before, and more while it was sent', told(sending));
  const [pid] = await processes('chasqui', laptop.data);
  say('the laptop took at most', mega((await memory(pid)).most));
}

await during(together);
await during(video);
