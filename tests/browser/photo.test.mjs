/**
 * The way of a photo: from a phone whose browser is killed over it to the laptop, with no click.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { photosOf } from './harness/pictures.mjs';

const picture = new URL('../../www/public/icons/icon-512.png', import.meta.url);
/** So small that the app keeps it as it is. */
const small = { width: 640, height: 480 };

test('a photo outlives a killed browser, is saved with its record and reaches the laptop after it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await laptop.stop();

  await alice.by('new-observation').tap();
  await alice.by('take-photo').setInputFiles(picture.pathname);
  await alice.by('file').getByTestId('photo').waitFor();
  await alice.kill();

  await alice.open();
  await alice.by('draft').tap();
  await alice.by('file').getByTestId('photo').waitFor();
  await alice.by('category-oil_spill').tap();
  await alice.save();
  await alice.lists(1, 'on_phone');

  await laptop.start();
  await alice.lists(1, 'on_laptop');
  const { items } = await laptop.ask('/observations');
  const { media } = await laptop.ask(`/observations/${items[0].record}`);
  assert.equal(media.length, 1);
  const answer = await arrived(laptop, media[0].hash);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), media[0].type);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(bytes.length, media[0].bytes);
  await alice.by('state-chip').filter({ hasText: 'En la laptop' }).waitFor();

  await alice.by('observation').tap();
  await alice.by('detail').getByTestId('photo').waitFor();
});

test('each of several photos fills the screen by a tap, and the phone’s back button leads to where it was', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  const photos = await photosOf(t, alice.page, 5, small);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  await alice.by('pick-files').setInputFiles(photos);
  await alice.by('file').nth(4).waitFor();
  await alice.save();
  await countAddresses(alice);
  await alice.by('observation').tap();
  const grid = alice.by('photos').getByTestId('open-photo');
  await alice.by('photos').getByTestId('photo').nth(4).waitFor();
  const hashes = await grid.evaluateAll((all) => all.map(({ dataset }) => dataset.hash));

  await grid.nth(2).tap();
  await isSeen(alice, '3 / 5', hashes[2]);
  await alice.by('next-photo').tap();
  await isSeen(alice, '4 / 5', hashes[3]);
  await swipe(alice, 'left');
  await isSeen(alice, '5 / 5', hashes[4]);
  await swipe(alice, 'right');
  await isSeen(alice, '4 / 5', hashes[3]);
  await alice.page.keyboard.press('Home');
  await isSeen(alice, '1 / 5', hashes[0]);
  await alice.page.goBack();
  await alice.by('photo-viewer').waitFor({ state: 'detached' });
  await alice.by('detail').waitFor();
  const focused = await alice.page.evaluate(() => document.activeElement.dataset.hash);
  assert.equal(focused, hashes[0]);

  await grid.nth(4).tap();
  await isSeen(alice, '5 / 5', hashes[4]);
  await alice.by('viewer-photo').dblclick();
  await alice.page.locator('[data-testid=viewer-photo][data-scale="2.5"]').waitFor();
  await alice.page.keyboard.press('Escape');
  await alice.by('photo-viewer').waitFor({ state: 'detached' });
  await alice.page.goBack();
  await alice.by('observation').waitFor();
  // What is not given back is what the list shows.
  await alice.page.waitForFunction(() => {
    const shown = new Set([...document.images].map(({ src }) => src));
    return [...globalThis.addresses].every((address) => shown.has(address));
  });
});

test('a photo whose EXIF is damaged is kept with its record, and the form goes on', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  const damaged = new URL('../fixtures/photos/box-of-length-zero.heic', import.meta.url).pathname;
  await alice.by('new-observation').tap();
  await alice.by('pick-files').setInputFiles(damaged);
  await alice.by('file').waitFor();
  await alice.by('category-fire').tap();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  const { items } = await laptop.ask('/observations');
  const { media } = await laptop.ask(`/observations/${items[0].record}`);
  assert.equal((await arrived(laptop, media[0].hash)).status, 200);
});

/** The viewer shows this photo, no other, and the phone has read it. */
async function isSeen(phone, place, hash) {
  const viewer = phone.page.locator(`[data-testid=photo-viewer][data-hash="${hash}"]`);
  await viewer.getByText(place, { exact: true }).waitFor();
  await phone.page.waitForFunction(() => {
    const photos = document.querySelectorAll('[data-testid=viewer-photo]');
    return photos.length === 1 && photos[0].naturalWidth > 0;
  });
}

async function swipe({ page }, towards) {
  const [from, to] = towards === 'left' ? [300, 60] : [60, 300];
  await page.mouse.move(from, 300);
  await page.mouse.down();
  await page.mouse.move(to, 310);
  await page.mouse.up();
}

/**
 * From now on the page says in `addresses` which files it has made an address for, and not given
 * back.
 */
async function countAddresses({ page }) {
  await page.evaluate(() => {
    const [make, giveBack] = [URL.createObjectURL, URL.revokeObjectURL];
    globalThis.addresses = new Set();
    URL.createObjectURL = (file) => {
      const address = make.call(URL, file);
      globalThis.addresses.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      globalThis.addresses.delete(address);
      giveBack.call(URL, address);
    };
  });
}

/** The laptop's answer with a file, once it is there. */
async function arrived(laptop, hash) {
  for (;;) {
    const answer = await laptop.fetch(`/media/${hash}`);
    if (answer.status !== 404) return answer;
    await setTimeout(50);
  }
}
