/**
 * Whether a phone is ready for the forest: said on the phone, told to the laptop, and never more
 * than is true.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { args, executablePath } from './harness/chromium.mjs';
import { atEnd } from './harness/ending.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { homeThatTrusts, strangersHome } from './harness/trust.mjs';

test('an app that was opened past a warning says in red that it is gone without the laptop, and the laptop knows', async (t) => {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const home = await strangersHome(t);
  const forgiven = /could not be kept for offline use|ERR_CERT|SSL certificate error/;
  const alice = await Phone.open(t, laptop, { home, proceeds: true, forgiven });
  await alice.by('not-kept').waitFor();
  const link = await alice.by('ready-connect').getAttribute('href');
  assert.equal(link, `${(await laptop.serving()).url}/connect/`);

  await alice.pair();
  const card = alice.by('ready-card');
  await card.waitFor();
  assert.equal(await card.getAttribute('data-verdict'), 'not_kept');
  assert.match(await card.textContent(), /NO abre la app sin la laptop/);
  assert.equal(await alice.by('ready-line').count(), 0);
  const { readiness } = await reported(laptop, ({ app_kept }) => app_kept === 'no');
  assert.equal(readiness.map_kept, 'no');
});

test('a phone is ready once everything is kept and allowed, and one line says so, with the laptop gone too', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { place: null });
  await alice.hasMap();
  const card = alice.by('ready-card');
  await card.waitFor();
  assert.notEqual(await card.getAttribute('data-verdict'), 'ready');
  await reported(
    laptop,
    ({ app_kept, gps_allowed }) => app_kept === 'yes' && gps_allowed !== 'yes',
  );

  const session = await alice.page.context().newCDPSession(alice.page);
  const allow = (permissions) =>
    session.send('Browser.grantPermissions', { permissions, origin: laptop.origin });
  await allow(['geolocation', 'videoCapture']);
  await reported(laptop, ({ gps_allowed, camera_allowed }) =>
    [gps_allowed, camera_allowed].every((check) => check === 'yes'),
  );
  await alice.by('ready-storage_persistent').waitFor();
  assert.match(await card.textContent(), /NO está listo/);
  await allow(['geolocation', 'videoCapture', 'durableStorage']);
  await alice.by('mend-storage_persistent').tap();
  await alice.by('ready-line').waitFor();
  assert.equal(await card.count(), 0);
  const { readiness } = await reported(
    laptop,
    ({ storage_persistent }) => storage_persistent === 'yes',
  );
  for (const [name, check] of Object.entries(readiness)) {
    if (!['free_bytes', 'checked_at'].includes(name)) assert.equal(check, 'yes', name);
  }

  await laptop.stop();
  await alice.page.reload();
  await alice.by('ready-line').waitFor();
  await alice.page.evaluate(() =>
    caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one)))),
  );
  await alice.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await card.waitFor();
  assert.equal(await card.getAttribute('data-verdict'), 'not_kept');
});

test('the page that leads to the app says whether the certificate works', async (t) => {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const { url } = await laptop.serving();
  for (const [home, state] of [
    [await strangersHome(t), 'untrusted'],
    [await homeThatTrusts(t, join(laptop.data, 'authority.pem')), 'trusted'],
  ]) {
    const env = { ...process.env, HOME: home };
    const browser = await chromium.launch({ executablePath, args, env });
    atEnd(t, () => browser.close());
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
    for (const language of ['es', 'pt', 'en']) {
      await page.goto(`${url}/connect/?lang=${language}`);
      await page.locator(`#tick[data-state=${state}]`).waitFor();
    }
  }
});

/** The report of the one phone, once it is as wanted. */
async function reported(laptop, isWanted) {
  for (;;) {
    const { items } = await laptop.ask('/pairings');
    const [row] = items;
    if (row?.readiness && isWanted(row.readiness)) return row;
  }
}
