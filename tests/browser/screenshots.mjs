/**
 * Makes the pictures of the README from the real program: `node tests/browser/screenshots.mjs`.
 *
 * Needs the release build, and Debian's chromium-l10n for date fields that speak Spanish.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleSeason } from './example.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

process.env.LANGUAGE = 'es';
/** Wherever it is about ten in the morning: monitors walk by day. The sign is as POSIX has it. */
const west = (new Date().getUTCHours() - 10 + 24) % 24;
const timezoneId = west > 12 ? `Etc/GMT-${24 - west}` : `Etc/GMT+${west}`;
const folder = fileURLToPath(new URL('../../www/screenshots', import.meta.url));
let end = () => undefined;
const t = { after: (all) => (end = all) };

try {
  await mkdir(folder, { recursive: true });
  await draw();
} finally {
  await end();
}

async function draw() {
  const laptop = await Laptop.start(t);
  await drawGuide(laptop);
  await bringSeason(laptop);
  const alice = await Phone.ready(t, laptop, standing(-4.51422, -73.58094, 'Rosa'));
  const bob = await Phone.ready(t, laptop, standing(-4.75611, -75.07318, 'Wilmer'));
  await bob.record({ category: 'fish_kill', note: 'Boquichicos muertos en la orilla' });
  await alice.record({ category: 'road', note: 'Trocha nueva, pasan motos' });
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await bob.by('observation').filter({ hasText: 'Draga en la quebrada' }).waitFor();
  await disagree(laptop, alice, bob);
  await take(alice, 'phone-detail');

  const manager = await Manager.open(t, laptop, { timezoneId });
  await manager.page.getByRole('row', { name: 'Versiones distintas' }).click();
  await manager.by('conflict-value').first().waitFor();
  await manager.page.locator('[data-testid=map][aria-busy=false]').waitFor();
  await take(manager, 'manager');

  await laptop.stop();
  await alice.by('back').tap();
  await fillIn(alice);
  await take(alice, 'phone-new');
  await alice.save();
  await alice.page.locator('[data-testid=status][data-phase=away]').waitFor();
  await alice.by('install-later').tap();
  await take(alice, 'phone-list');
}

/** How a phone gets in, as the field guide tells it. */
async function drawGuide(laptop) {
  const manager = await Manager.open(t, laptop, { timezoneId });
  const code = await manager.invite();
  await manager.by('invite').screenshot({ path: join(folder, 'guide-code.png') });
  const phone = await Phone.open(t, laptop, { timezoneId });
  await phone.isKept();
  await phone.by('type-code').tap();
  await phone.by('code').fill(code);
  await phone.by('holder').fill('Rosa Flores');
  await take(phone, 'guide-pair');
  await phone.close();
  await manager.close();
}

function standing(latitude, longitude, holder) {
  return { place: { latitude, longitude, accuracy: 6 }, timezoneId, holder };
}

async function bringSeason(laptop) {
  const answer = await laptop.fetch('/import?name=temporada.geojson', {
    method: 'POST',
    body: exampleSeason(Date.now()),
  });
  if (!answer.ok) throw new Error(`the import was refused: ${await answer.text()}`);
}

/** Two people correct the same observation while neither can know of the other. */
async function disagree(laptop, alice, bob) {
  await laptop.stop();
  await alice.look('Draga en la quebrada');
  await alice.editNote('Dos dragas en la quebrada');
  await bob.look('Draga en la quebrada');
  await bob.editNote('Draga y campamento de diez personas');
  await laptop.start();
  await alice.by('conflict-value').nth(1).waitFor();
  await alice.isOnLaptop();
}

async function fillIn(phone) {
  await phone.by('new-observation').tap();
  await phone.by('category-oil_spill').tap();
  await phone.by('note').fill('Mancha de crudo en el caño, unos 200 m');
  await phone.page.locator('[data-testid=position][data-source=gps]').waitFor();
}

/** Without the passing word that covers what is below it. */
async function take({ page }, name) {
  await page.locator('[data-testid=toast] span').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
