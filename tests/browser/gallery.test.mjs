/**
 * Photos on the manager's page: what has come, what is still on a phone, and looking at one of them
 * closely.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

const icon = (name) => new URL(`../../www/public/icons/${name}`, import.meta.url).pathname;
const pictures = ['icon-192.png', 'icon-512.png', 'maskable-512.png'].map(icon);

test('a photo is counted as missing while it is on its phone, and is seen as soon as it has come', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const alice = await Phone.ready(t, laptop);
  const release = await holdFiles(alice);
  await photograph(alice, 'Draga en la quebrada', [pictures[1]]);

  await manager.lists(1);
  await alice.by('state-chip').filter({ hasText: 'Falta 1 archivo' }).waitFor();
  await countIs(manager, 0, 1);
  await manager.by('filter-missing').check();
  await manager.lists(1);
  await manager.by('row').click();
  await manager.by('gallery').getByText('0 de 1 foto aquí').waitFor();
  await manager.by('gallery-file').getByText('aún no llegó').waitFor();
  assert.equal(await manager.by('open-photo').count(), 0);
  await manager.page.locator('[data-testid=media-count][data-here="0"][data-named="1"]').waitFor();

  await release();
  await alice.by('state-chip').filter({ hasText: 'En la laptop' }).waitFor();
  await manager.lists(0);
  await manager.page.locator('[data-testid=media-count][data-here="1"][data-named="1"]').waitFor();
  await manager.by('filter-missing').uncheck();
  await manager.lists(1);
  await countIs(manager, 1, 1);
  await manager.by('gallery').getByText('1 de 1 foto aquí').waitFor();
  await manager.page.locator('[data-testid=preview][data-state=shown]').waitFor();
  assert.ok(await manager.wasNeverReloaded());
});

test('keys go from photo to photo, and Escape gives the focus back', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const alice = await Phone.ready(t, laptop);
  await photograph(alice, 'Tres vistas', pictures);
  await countIs(manager, 3, 3);
  await manager.by('row').click();

  const files = manager.by('gallery-file');
  const hashes = await files.evaluateAll((all) => all.map((file) => file.dataset.hash));
  assert.equal(new Set(hashes).size, 3);
  await manager.by('open-photo').nth(1).focus();
  await manager.page.keyboard.press('Enter');
  await isOpen(manager, hashes[1]);
  await presses(manager, 'ArrowRight', hashes[2]);
  await presses(manager, 'ArrowRight', hashes[2]);
  await presses(manager, 'ArrowLeft', hashes[1]);
  await manager.by('viewer-photo').click();
  await presses(manager, 'Home', hashes[0]);
  await manager.by('next-photo').click();
  await isOpen(manager, hashes[1]);

  await manager.page.keyboard.press('Escape');
  await manager.by('photo-viewer').waitFor({ state: 'detached' });
  const focused = await manager.page.evaluate(() => {
    return document.activeElement.closest('[data-testid=gallery-file]')?.dataset.hash;
  });
  assert.equal(focused, hashes[1]);
});

test('the original is saved byte for byte, under a name that tells it from others', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const alice = await Phone.ready(t, laptop);
  await photograph(alice, 'Draga', [pictures[1]]);
  await countIs(manager, 1, 1);
  await manager.by('row').click();
  await manager.by('open-photo').click();

  const saving = manager.page.waitForEvent('download');
  await manager.by('save-photo').click();
  const saved = await saving;
  const hash = await manager.by('photo-viewer').getAttribute('data-hash');
  const name = new RegExp(`^\\d{4}-\\d\\d-\\d\\d ${hash.slice(0, 8)} \\S.*\\.(jpg|png)$`);
  assert.match(saved.suggestedFilename(), name);
  const original = Buffer.from(await (await laptop.fetch(`/media/${hash}`)).arrayBuffer());
  assert.ok((await readFile(await saved.path())).equals(original));
});

test('the size of photos is chosen for the project, and stays chosen', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.by('settings-button').click();
  assert.ok(await manager.by('photo-size-2048').isChecked());
  await manager.by('photo-size-original').check();
  await manager.by('settings-save').click();
  await manager.by('settings').waitFor({ state: 'detached' });
  assert.deepEqual(await laptop.ask('/settings'), { photos: { kept: 'original' } });

  await manager.by('settings-button').click();
  assert.ok(await manager.by('photo-size-original').isChecked());
  await manager.by('photo-size-1024').check();
  await manager.by('settings-save').click();
  await manager.by('settings').waitFor({ state: 'detached' });
  const { photos } = await laptop.ask('/settings');
  assert.deepEqual([photos.kept, photos.pixels_max], ['scaled', 1024]);
});

/** Keeps the phone's files on the phone, while records go; resolves with the end of that. */
async function holdFiles(phone) {
  const uploads = /\/api\/v1\/media(\/uploads\/.+)?$/;
  const context = phone.page.context();
  await context.route(uploads, (route) => route.abort('connectionrefused'));
  return () => context.unroute(uploads);
}

async function photograph(phone, note, files) {
  await phone.by('new-observation').tap();
  await phone.by('pick-files').setInputFiles(files);
  await phone
    .by('file')
    .nth(files.length - 1)
    .waitFor();
  await phone.by('category-mining').tap();
  await phone.by('note').fill(note);
  await phone.save();
}

/** The only row says that so many of its files are here. */
function countIs(manager, here, of) {
  const count = `[data-testid=file-count][data-here="${here}"][data-of="${of}"]`;
  return manager.page.locator(count).waitFor();
}

/** This photo is open, and drawn from the original. */
async function isOpen(manager, hash) {
  const open = manager.page.locator(`[data-testid=photo-viewer][data-hash="${hash}"]`);
  await open.locator('[data-testid=viewer-photo][data-drawn=true]').waitFor();
}

async function presses(manager, key, hash) {
  await manager.page.keyboard.press(key);
  await isOpen(manager, hash);
}
