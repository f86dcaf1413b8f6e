/**
 * A whole expedition over a wifi that keeps breaking: observations, photos and sounds that a phone recorded with the laptop off
 * arrive through a proxy that cuts each connection after 50 to 1,500 kB. Beside it, the same bytes in one raw POST.
 *
 *     cd tests/browser && node ../bench/expedition.mjs [observations photos sounds]
 *
 * (after `make build` and `sh .tools/npm.sh tests/browser`; 40, 100 and 10 unless told; `CUTS_SEED` replays the cuts.)
 */
import { join } from 'node:path';
import { Laptop } from '../browser/harness/laptop.mjs';
import { Phone } from '../browser/harness/phone.mjs';
import { homeThatTrusts } from '../browser/harness/trust.mjs';
import { BreakingWifi } from '../browser/harness/wifi_cuts.mjs';
import {
  everythingArrived, isIntact, namedMedia, nothingElseIsKept, recordAll,
} from '../browser/harness/expedition.mjs';
import { photosOf, soundsOf } from '../browser/harness/pictures.mjs';

const [observations, photos, sounds] = [40, 100, 10].map((usual, n) => Number(process.argv[2 + n] ?? usual));
const ends = [];
const t = { after: (end) => ends.unshift(end), diagnostic: (text) => console.log(text) };
const say = (what, text) => console.log(`${what.padEnd(52)} ${text}`);
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const mega = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

try {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const wifi = await BreakingWifi.before(t, laptop);
  const home = await homeThatTrusts(t, join(laptop.data, 'authority.pem'));
  const alice = await Phone.ready(t, laptop, { home, flags: wifi.flags });
  if (wifi.up_bytes === 0) throw new Error('the phone goes another way');
  let start = performance.now();
  const files = [...(await photosOf(t, alice.page, photos)), ...(await soundsOf(t, sounds))];
  say('files drawn', seconds(performance.now() - start));
  await laptop.stop();

  start = performance.now();
  await recordAll(alice, observations, files);
  say(`${observations} observations with ${files.length} files recorded`, seconds(performance.now() - start));

  wifi.breaks();
  wifi.count();
  start = performance.now();
  await laptop.start();
  const progress = setInterval(async () => {
    const there = await namedMedia(laptop);
    const { held } = await laptop.ask('/media/held', { hashes: there.map(({ hash }) => hash) });
    say(`${held.length} of ${there.length} of ${files.length}`, `${seconds(performance.now() - start)} ${mega(wifi.up_bytes)} up, ${wifi.cuts} cuts: ${
      (await alice.by('status').innerText()).split('\n').join(' · ')}`);
  }, 5000);
  const named = await everythingArrived(laptop, files.length);
  clearInterval(progress);
  const took_ms = performance.now() - start;
  const { up_bytes, down_bytes, cuts } = wifi;
  const bytes = await isIntact(laptop, named);
  await nothingElseIsKept(laptop, named);
  const pictures = named.filter(({ type }) => type.startsWith('image/')).map((one) => one.bytes);
  say('a photo, as kept', `${mega(Math.min(...pictures))} to ${mega(Math.max(...pictures))}`);
  say('files that arrived, each once and intact', `${named.length}, ${mega(bytes)}`);
  say('time from the start of the laptop', seconds(took_ms));
  say('connections cut', cuts);
  say('bytes up, bytes down', `${mega(up_bytes)}, ${mega(down_bytes)}`);
  say('more than the files', `${((100 * (up_bytes - bytes)) / bytes).toFixed(2)} %`);
} finally {
  for (const end of ends) await end();
}
