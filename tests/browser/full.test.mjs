/**
 * A phone without room: drafts are kept all the same, what is said of them is true, and space is
 * freed from the form.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Laptop } from './harness/laptop.mjs';
import { isIn, reserved } from './harness/pagestore.mjs';
import { Phone } from './harness/phone.mjs';
import { photosOf } from './harness/pictures.mjs';

test('a full phone keeps what is typed through back and a dead battery, and it is saved once there is room', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  await alice.by('note').fill('Humo');
  await isIn(alice, 'drafts-1', 'Humo');
  await fill(alice);

  await alice.by('note').fill('Humo y fuego al norte');
  await isIn(alice, 'reserve', 'fuego al norte');
  await alice.page.locator('[data-testid=keeping][data-state=kept]').waitFor();
  await alice.by('save').tap();
  await alice.page.locator('[data-testid=problem][data-code=storage_full]').waitFor();
  await alice.by('problem').getByText('guardado en este teléfono').waitFor();
  assert.equal(await alice.by('problem').getByText('Código').count(), 0);
  await alice.by('room').getByTestId('open-space').tap();
  await alice.by('room').getByTestId('space').waitFor();

  await alice.by('back').tap();
  await alice.by('draft').getByText('fuego al norte').waitFor();
  await alice.by('draft').tap();
  assert.equal(await alice.by('note').inputValue(), 'Humo y fuego al norte');
  await alice.by('note').press('End');
  await alice.by('note').pressSequentially(', cerca');
  await isIn(alice, 'reserve', 'norte, cerca');
  await alice.kill();

  await alice.open();
  await alice.by('draft').tap();
  assert.equal(await alice.by('note').inputValue(), 'Humo y fuego al norte, cerca');
  await alice.page.locator('[data-testid=category][data-category=fire]').waitFor();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  assert.deepEqual(await reserved(alice), []);
});

test('a phone that is getting full says so before it is, and the form frees the space', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  assert.equal(await alice.by('room').count(), 0);
  await alice
    .by('pick-files')
    .setInputFiles(await photosOf(t, alice.page, 2, { width: 640, height: 480 }));
  await alice.by('file').nth(1).waitFor();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  await leave(alice, 100_000_000);
  await alice.by('new-observation').tap();
  await alice.page.locator('[data-testid=room][data-level=low]').waitFor();
  await alice.by('open-space').tap();
  await alice.page.locator('[data-testid=freeable][data-count="2"]').waitFor();
  await alice.by('free-space').tap();
  await alice.by('free-yes').tap();
  await alice.by('freed').waitFor();
  await leave(alice, null);
});

test('where nothing can be kept it is said, and nothing is called kept', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.page.evaluate(() => {
    StorageManager.prototype.getDirectory = undefined;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  await alice.by('note').fill('Humo');
  await alice.page.locator('[data-testid=keeping][data-state=unkept]').waitFor();
  await alice.by('unkept').getByText('se pierde si cierras').waitFor();
  await alice.by('back').tap();
  await alice.by('draft').getByText('se pierde si cierras').waitFor();
  await alice.by('draft').tap();
  assert.equal(await alice.by('note').inputValue(), 'Humo');
  await alice.save();
  await alice.lists(1, 'on_laptop');
});

/** From now on the browser has no room left for this phone's app; what it has, it has. */
async function fill(phone) {
  await leave(phone, 0);
  // Chromium remembers for a while that there was room.
  while (await phone.page.evaluate(writesMore)) await setTimeout(200);
}

/** In the page: whether the browser still takes 60 kB. */
function writesMore() {
  return new Promise((resolve) => {
    const opening = indexedDB.open('filler', 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore('filler', { autoIncrement: true });
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const db = opening.result;
      const transaction = db.transaction('filler', 'readwrite');
      transaction.objectStore('filler').add(crypto.getRandomValues(new Uint8Array(60_000)));
      transaction.oncomplete = () => (db.close(), resolve(true));
      transaction.onabort = () => (db.close(), resolve(false));
    };
  });
}

/** Leaves so many bytes of room; null for as many as there are. */
async function leave(phone, bytes) {
  const session = await phone.page.context().newCDPSession(phone.page);
  const { origin } = phone.laptop;
  const usage = await phone.page.evaluate(async () => (await navigator.storage.estimate()).usage);
  const quota = bytes === null ? {} : { quotaSize: Math.max(1, usage + bytes) };
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
}
