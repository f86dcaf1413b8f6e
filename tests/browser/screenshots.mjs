/**
 * Makes the pictures of the README from the real program: `node tests/browser/screenshots.mjs`.
 *
 * Needs the release build, Debian's chromium-l10n for date fields that speak Spanish, and what
 * `make test-python` installs, for the real data of the import.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleSeason } from './example.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';
import { Painter } from './harness/scenes.mjs';

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
  const painter = await Painter.begin(t);
  await drawGuide(laptop);
  await bringSeason(laptop);
  const river = await painter.video('oil', 6);
  const dredge = await painter.video('dredge', 2);
  const rosa = await Phone.ready(t, laptop, standing(-4.51422, -73.58094, 'Rosa', dredge));
  const wilmer = await Phone.ready(t, laptop, standing(-4.75611, -75.07318, 'Wilmer', river));
  await makeReady(wilmer, laptop);
  await bringPhotos(rosa, wilmer, painter);
  await disagree(laptop, rosa, wilmer);
  await take(rosa, 'phone-detail');

  const manager = await Manager.open(t, laptop, { timezoneId });
  await allIsThere(manager);
  await drawManager(manager);
  await manager.close();
  await drawImport(await Laptop.start(t));

  await laptop.stop();
  await fillIn(wilmer, painter);
  await wilmer.save();
  await wilmer.page.locator('[data-testid=status][data-phase=away]').waitFor();
  await take(wilmer, 'phone-list');
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

function standing(latitude, longitude, holder, camera) {
  const place = { latitude, longitude, accuracy: 6 };
  return { place, timezoneId, holder, camera, allowed: ['microphone'] };
}

/** As a phone is whose app stands on the home screen. */
async function makeReady(phone, { origin }) {
  const session = await phone.page.context().newCDPSession(phone.page);
  const permissions = ['geolocation', 'videoCapture', 'audioCapture', 'durableStorage'];
  await session.send('Browser.grantPermissions', { permissions, origin });
  await phone.by('mend-storage_persistent').tap();
  await phone.by('ready-line').waitFor();
}

async function bringSeason(laptop) {
  const answer = await laptop.fetch('/import?name=temporada.geojson', {
    method: 'POST',
    body: exampleSeason(Date.now()),
  });
  if (!answer.ok) throw new Error(`the import was refused: ${await answer.text()}`);
}

/** A morning of two monitors. */
async function bringPhotos(rosa, wilmer, painter) {
  await observe(wilmer, 'fish_kill', 'Boquichicos muertos en la orilla', [
    await painter.photo('fish', 3),
    await painter.photo('fish', 9),
  ]);
  await observe(rosa, 'road', 'Trocha nueva, pasan motos', [await painter.photo('trail', 5)]);
  const stumps = [await painter.photo('stumps', 4), await painter.photo('stumps', 8)];
  await observe(wilmer, 'illegal_logging', 'Tocones frescos de cedro', stumps);

  await rosa.by('new-observation').tap();
  await rosa.by('category-mining').tap();
  await rosa.by('note').fill('Draga en la quebrada');
  const files = [await painter.photo('dredge', 12), await painter.photo('dredge', 14)];
  await rosa.by('pick-files').setInputFiles([...files, await painter.photo('oil', 13, true)]);
  await has(rosa, 'image', 3);
  await recordAudio(rosa);
  await video(rosa);
  await rosa.save();
  await wilmer.by('observation').filter({ hasText: 'Draga en la quebrada' }).waitFor();
}

async function observe(phone, category, note, photos) {
  await phone.by('new-observation').tap();
  await phone.by(`category-${category}`).tap();
  await phone.by('note').fill(note);
  await phone.by('pick-files').setInputFiles(photos);
  await has(phone, 'image', photos.length);
  await phone.save();
}

async function recordAudio(phone) {
  await phone.by('record-audio').tap();
  await lasts(phone, 'audio-length');
  await phone.by('stop-audio').tap();
  await has(phone, 'audio', 1);
}

async function video(phone) {
  await openCamera(phone);
  await phone.by('mode-video').tap();
  await phone.by('shutter').tap();
  await lasts(phone, 'video-length');
  await phone.by('shutter').tap();
  await phone.page.locator('[data-testid=taken][data-count="1"]').waitFor();
  await phone.by('camera-done').tap();
  await has(phone, 'video', 1);
}

/** Resolves when this recording has four seconds. */
async function lasts(phone, testid) {
  await phone.page.waitForFunction(
    (testid) => document.querySelector(`[data-testid=${testid}]`)?.textContent.includes('0:04'),
    testid,
  );
}

async function openCamera(phone) {
  await phone.by('open-camera').tap();
  await phone.page.locator('[data-testid=shutter]:enabled').waitFor();
}

async function has(phone, kind, count) {
  await phone.page
    .locator(`[data-testid=file][data-type^=${kind}]`)
    .nth(count - 1)
    .waitFor();
}

/** Two people correct the same observation while neither can know of the other. */
async function disagree(laptop, rosa, wilmer) {
  await laptop.stop();
  await rosa.look('Draga en la quebrada');
  await rosa.editNote('Dos dragas en la quebrada');
  await wilmer.look('Draga en la quebrada');
  await wilmer.editNote('Draga y campamento de diez personas');
  await laptop.start();
  await rosa.by('conflict-value').nth(1).waitFor();
  await rosa.isOnLaptop();
  await wilmer.isOnLaptop();
  await wilmer.by('back').tap();
}

async function allIsThere(manager) {
  await manager.page.waitForFunction(() => {
    const { here, named } = document.querySelector('[data-testid=media-count]')?.dataset ?? {};
    return here !== undefined && here === named;
  });
}

async function drawManager(manager) {
  await manager.page.getByRole('row', { name: 'Versiones distintas' }).click();
  await manager.by('conflict-value').first().waitFor();
  await manager.page.locator('[data-testid=preview][data-state=shown]').nth(2).waitFor();
  await manager.page.locator('[data-testid=map][aria-busy=false]').waitFor();
  await take(manager, 'manager');

  await drawGallery(manager);
  await manager.by('open-photo').first().click();
  await manager.page.locator('[data-testid=viewer-photo][data-drawn=true]').waitFor();
  await take(manager, 'manager-photo');
  await manager.page.keyboard.press('Escape');
}

/** A real table, taken in where nothing else is. */
async function drawImport(laptop) {
  const manager = await Manager.open(t, laptop, { timezoneId });
  await manager.import({ name: 'verbatim.txt', mimeType: 'text/plain', buffer: coral() });
  await take(manager, 'manager-import');
  await manager.close();
}

function coral() {
  const python = fileURLToPath(new URL('../../target/venv/bin/python', import.meta.url));
  const script = [
    'import sys, zipfile',
    'from importlib.metadata import distribution',
    "archive = distribution('geoenrich').locate_file('geoenrich/data/AcDigitifera.zip')",
    "sys.stdout.buffer.write(zipfile.ZipFile(archive).read('verbatim.txt'))",
  ];
  return execFileSync(python, ['-c', script.join('\n')], { maxBuffer: 64 * 1024 * 1024 });
}

/** As on a higher screen, where all of it fits. */
async function drawGallery(manager) {
  const { width, height } = manager.page.viewportSize();
  await manager.page.setViewportSize({ width, height: 2 * height });
  await manager.page.waitForFunction(() => {
    const [video] = document.querySelectorAll('[data-testid=gallery] video');
    return video.readyState >= 2 && !video.seeking && Number.isFinite(video.duration);
  });
  await manager.by('gallery').screenshot({ path: join(folder, 'manager-gallery.png') });
  await manager.page.setViewportSize({ width, height });
}

async function fillIn(phone, painter) {
  await phone.by('new-observation').tap();
  await phone.by('category-oil_spill').tap();
  await phone.by('note').fill('Mancha de crudo en el caño, unos 200 m');
  await phone.by('pick-files').setInputFiles([await painter.photo('oil', 15)]);
  await has(phone, 'image', 1);
  await openCamera(phone);
  await phone.by('shutter').tap();
  await phone.page.locator('[data-testid=taken][data-count="1"]').waitFor();
  await take(phone, 'phone-camera', 'css');
  await phone.by('camera-done').tap();
  await has(phone, 'image', 2);
  await recordAudio(phone);
  await phone.page.locator('[data-testid=position][data-source=gps]').waitFor();
  await take(phone, 'phone-new');
}

/**
 * Without the passing word that covers what is below it; a picture full of colours is kept small by
 * `scale`.
 */
async function take({ page }, name, scale = 'device') {
  await page.locator('[data-testid=toast] span').waitFor({ state: 'detached' });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, scale, animations: 'disabled' });
}
