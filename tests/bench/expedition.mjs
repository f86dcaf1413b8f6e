/**
 * A whole expedition over a wifi that keeps breaking: observations, photos and audio that a phone
 * recorded with the laptop off arrive through a proxy that cuts each connection after 50 to 1,500
 * kB. Beside it, the same bytes in one raw POST.
 *
 *     cd tests/browser && node ../bench/expedition.mjs [observations photos audio]
 *
 * (after `make build` and `sh .tools/npm.sh tests/browser`; 40, 100 and 10 unless told; `CUTS_SEED`
 * replays the cuts.)
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';
import { ownAuthority } from '../browser/harness/authority.mjs';
import { args, executablePath } from '../browser/harness/chromium.mjs';
import { Laptop } from '../browser/harness/laptop.mjs';
import { Manager } from '../browser/harness/manager.mjs';
import { Phone } from '../browser/harness/phone.mjs';
import { homeThatTrusts } from '../browser/harness/trust.mjs';
import { BreakingWifi } from '../browser/harness/wifi_cuts.mjs';
import {
  everythingArrived,
  isIntact,
  isSeen,
  nothingElseIsKept,
  recordAll,
} from '../browser/harness/expedition.mjs';
import { photosOf, audioOf } from '../browser/harness/pictures.mjs';

const [observations, photos, audio] = [40, 100, 10].map((usual, n) =>
  Number(process.argv[2 + n] ?? usual),
);
const ends = [];
const t = { after: (end) => ends.unshift(end), diagnostic: (text) => console.log(text) };
const say = (what, text) => console.log(`${what.padEnd(52)} ${text}`);
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const mega = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/**
 * What no client can do better: one POST from a page, through the same wifi, which never breaks, to
 * a server that keeps nothing.
 */
async function rawPost(t, bytes) {
  const { authority, certificate, key } = await ownAuthority(t);
  const files = { cert: await readFile(certificate), key: await readFile(key) };
  const server = createServer(files, (request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(200, { 'Content-Type': 'text/html' }).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://127.0.0.1:${server.address().port}`;
  const wifi = await BreakingWifi.before(t, { origin });
  const env = { ...process.env, HOME: await homeThatTrusts(t, authority) };
  const flags = [...args, ...BreakingWifi.flags(wifi)];
  const browser = await chromium.launch({ executablePath, args: flags, env });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    wifi.count();
    const took_ms = await page.evaluate(async (bytes) => {
      const body = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65_536) {
        crypto.getRandomValues(body.subarray(at, Math.min(bytes, at + 65_536)));
      }
      const blob = new Blob([body]);
      const start = performance.now();
      await fetch('/', { method: 'POST', body: blob });
      return performance.now() - start;
    }, bytes);
    return { took_ms, up_bytes: wifi.up_bytes };
  } finally {
    await browser.close();
    server.close();
  }
}

try {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const wifi = await BreakingWifi.before(t, laptop);
  const home = await homeThatTrusts(t, join(laptop.data, 'authority.pem'));
  // What the laptop says where a browser sent a request again although the first one had been
  // taken.
  const forgiven = /^4(04|09|23) for https?:\S+\/api\/v1\/media/;
  const alice = await Phone.ready(t, laptop, { home, flags: BreakingWifi.flags(wifi), forgiven });
  let start = performance.now();
  const files = [...(await photosOf(t, alice.page, photos)), ...(await audioOf(t, audio))];
  say('files drawn', seconds(performance.now() - start));
  await laptop.stop();

  start = performance.now();
  await recordAll(alice, observations, files);
  say(
    `${observations} observations with ${files.length} files recorded`,
    seconds(performance.now() - start),
  );

  wifi.breaks();
  wifi.count();
  start = performance.now();
  await laptop.start();
  const named = await everythingArrived(laptop, files.length);
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

  start = performance.now();
  await isSeen(await Manager.open(t, laptop), observations, named);
  say(
    "photos seen one by one on the manager's page",
    `${pictures.length}, in ${seconds(performance.now() - start)}`,
  );

  const raw = await rawPost(t, bytes);
  say('one raw POST of as many bytes, a wifi that holds', seconds(raw.took_ms));
  say('bytes up', mega(raw.up_bytes));
} finally {
  for (const end of ends) await end();
}
