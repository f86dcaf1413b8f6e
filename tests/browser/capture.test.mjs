/**
 * Photos, audio and videos that the app itself takes, with Chromium's fake camera and microphone.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isSeen } from './harness/expedition.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { untilStored } from './harness/pagestore.mjs';
import { Phone } from './harness/phone.mjs';
import { photosOf } from './harness/pictures.mjs';

const devices = {
  flags: ['--use-fake-device-for-media-stream'],
  allowed: ['camera', 'microphone'],
};

test('what was taken live outlives a browser that is killed with the camera open, and is seen by the manager', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await laptop.stop();

  await alice.by('new-observation').tap();
  await alice.by('category-oil_spill').tap();
  await recordAudio(alice);
  await alice.page.locator('[data-testid=position][data-source=gps]').waitFor();
  await openCamera(alice);
  await shoot(alice, 1);
  await shoot(alice, 2);
  await alice.kill();

  await alice.open();
  await alice.by('draft').tap();
  await files(alice, 'image', 2);
  await files(alice, 'audio', 1);
  await alice.save();
  await alice.lists(1, 'on_phone');

  await laptop.start();
  await alice.lists(1, 'on_laptop');
  const { items } = await laptop.ask('/observations');
  const { media } = await laptop.ask(`/observations/${items[0].record}`);
  assert.deepEqual(media.map(({ type }) => type).sort(), [
    'audio/webm',
    'image/jpeg',
    'image/jpeg',
  ]);
  for (const file of media) {
    const bytes = Buffer.from(await (await arrived(laptop, file.hash)).arrayBuffer());
    assert.equal(bytes.length, file.bytes);
    if (file.type === 'image/jpeg')
      assert.ok(saysWhere(bytes), 'the photo says where it was taken');
  }
  const manager = await Manager.open(t, laptop);
  await isSeen(manager, 1, media);
  await manager.by('gallery').locator('audio').waitFor();
});

test('a video and an audio recording that were cut off by a dead battery are there up to then', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  for (const kind of ['audio', 'video']) {
    await alice.by('new-observation').tap();
    if (kind === 'audio') await alice.by('record-audio').tap();
    else await video(alice);
    // Less than five seconds of it.
    await untilStored(alice, 'recordings-1', (begun) => begun.some(({ ms }) => ms > 3500));
    await alice.kill();
    await alice.open();
    await alice.by('draft').tap();
    await alice.by('interrupted').waitFor();
    await files(alice, kind, 1);
    await plays(alice, kind);
    await alice.by('category-fire').tap();
    await alice.save();
  }
  await alice.lists(2, 'on_laptop');
});

test('the phone’s back button closes the camera, and its light goes out', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await alice.by('new-observation').tap();
  await openCamera(alice);
  await alice.page.evaluate(() => {
    const { srcObject } = document.querySelector('[data-testid=viewfinder]');
    [globalThis.track] = srcObject.getVideoTracks();
  });
  await alice.page.goBack();
  await alice.by('viewfinder').waitFor({ state: 'detached' });
  await alice.page.waitForFunction(() => globalThis.track.readyState === 'ended');
  await alice.by('save').waitFor();
});

test('where the camera is not allowed, the way through the phone’s own app is offered', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('open-camera').tap();
  await alice.by('camera-refused').waitFor();
  const picture = new URL('../../www/public/icons/icon-512.png', import.meta.url);
  await alice.by('fallback-photo').setInputFiles(picture.pathname);
  await alice.by('camera-screen').getByTestId('photo').waitFor();
  await alice.by('camera-done').tap();
  await files(alice, 'image', 1);
});

test('a photo removed in a correction stays removed in a form that was killed', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await recordPhoto(alice);
  await alice.by('observation').tap();
  await alice.by('edit').tap();
  await alice.by('remove-file').tap();
  await alice.by('file').waitFor({ state: 'detached' });
  const removes = (text) => JSON.parse(text).removed?.length > 0;
  await untilStored(alice, 'drafts-1', (drafts) => drafts.some(removes));
  await alice.kill();

  await alice.open();
  await alice.by('observation').tap();
  await alice.by('edit').tap();
  await alice.by('save').waitFor();
  assert.equal(await alice.by('file').count(), 0);
  await alice.save();
  await alice.by('detail').waitFor();
  await alice.by('photo').waitFor({ state: 'detached' });
});

test('a photo from the gallery that was taken elsewhere offers its place to the form', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  await alice.page.locator('[data-testid=position][data-source=gps]').waitFor();
  await openCamera(alice);
  await shoot(alice, 1);
  await alice.by('camera-done').tap();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  const { items } = await laptop.ask('/observations');
  const { media } = await laptop.ask(`/observations/${items[0].record}`);
  const buffer = Buffer.from(await (await arrived(laptop, media[0].hash)).arrayBuffer());

  const place = { latitude: -4.51, longitude: -73.58, accuracy: 9 };
  const bob = await Phone.ready(t, laptop, { place });
  await bob.by('new-observation').tap();
  await bob.page.locator('[data-testid=position][data-source=gps]').waitFor();
  await bob.by('pick-files').setInputFiles({ name: 'rio.jpg', mimeType: 'image/jpeg', buffer });
  await bob.by('use-photo-place').tap();
  await bob.by('photo-offer').waitFor({ state: 'detached' });
  await bob.by('position').getByText('-3.74912, -73.25383').waitFor();
});

test('what the laptop holds leaves the phone when a person asks, and comes back by wish', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await recordPhoto(alice);
  await freeSpace(alice);

  await alice.by('observation').tap();
  await alice.by('bring-file').tap();
  await alice.by('detail').getByTestId('photo').waitFor();
});

test('the small picture of a photo that left the phone does not push the way to bring it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await recordPhoto(alice);
  await freeSpace(alice);
  await laptop.stop();
  await alice.page.locator('[data-testid=status][data-phase=away]').waitFor();
  await alice.by('observation').tap();
  const before = await alice.by('bring-file').boundingBox();
  assert.equal(await alice.by('preview').count(), 0);
  await alice.by('back').tap();

  await laptop.start();
  await alice.isSynced();
  await alice.by('observation').tap();
  await alice.by('detail').getByTestId('preview').waitFor();
  assert.deepEqual(await alice.by('bring-file').boundingBox(), before);
});

test('one of several photos that left the phone is brought back where it is seen', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  const photos = await photosOf(t, alice.page, 2, { width: 640, height: 480 });
  await alice.by('pick-files').setInputFiles(photos);
  await files(alice, 'image', 2);
  await alice.save();
  await freeSpace(alice, 2);

  await alice.by('observation').tap();
  await alice.by('photos').getByTestId('preview').nth(1).waitFor();
  await alice.by('photos').getByTestId('open-photo').nth(1).tap();
  const viewer = alice.by('photo-viewer');
  await viewer.getByTestId('bring-file').tap();
  await viewer.getByTestId('viewer-photo').waitFor();
  await viewer.getByTestId('previous-photo').tap();
  await viewer.getByTestId('bring-file').waitFor();
  await alice.by('close-photo').tap();
  await viewer.waitFor({ state: 'detached' });
  await alice.by('photos').getByTestId('photo').waitFor();
  assert.equal(await alice.by('photos').getByTestId('preview').count(), 1);
});

async function openCamera(phone) {
  await phone.by('open-camera').tap();
  await phone.page.locator('[data-testid=shutter]:enabled').waitFor();
}

/**
 * Takes the `n`th photo since the camera was opened; resolves when the page says that it is kept.
 */
async function shoot(phone, n) {
  await phone.page.locator('[data-testid=shutter]:enabled').tap();
  await phone.page.locator(`[data-testid=taken][data-count="${n}"]`).waitFor();
}

async function video(phone) {
  await openCamera(phone);
  await phone.by('mode-video').tap();
  await phone.by('shutter').tap();
  await phone.by('video-length').waitFor();
}

/** Records for a second. */
async function recordAudio(phone) {
  await phone.by('record-audio').tap();
  await phone.page.waitForFunction(
    () => Number(document.querySelector('[data-testid=audio-length]')?.dataset.ms) > 1000,
  );
  await phone.by('stop-audio').tap();
  await files(phone, 'audio', 1);
}

/** Saves an observation with one photo from the app's camera. */
async function recordPhoto(phone) {
  await phone.by('new-observation').tap();
  await phone.by('category-fire').tap();
  await openCamera(phone);
  await shoot(phone, 1);
  await phone.by('camera-done').tap();
  await phone.save();
}

/** Takes off the phone all files of which its laptop holds so many. */
async function freeSpace(phone, count = 1) {
  await phone.by('open-phone').tap();
  await phone.page.locator(`[data-testid=freeable][data-count="${count}"]`).waitFor();
  await phone.by('free-space').tap();
  await phone.by('free-yes').tap();
  await phone.by('freed').waitFor();
  await phone.by('back').tap();
}

async function files(phone, kind, count) {
  await phone.page
    .locator(`[data-testid=file][data-type^=${kind}]`)
    .nth(count - 1)
    .waitFor();
}

/** What was interrupted has no end that anybody wrote, and can be played all the same. */
function plays(phone, kind) {
  return phone.page.waitForFunction((tag) => {
    const element = document.querySelector(`[data-testid=file] ${tag}`);
    return element !== null && element.readyState >= 2 && element.duration > 1;
  }, kind);
}

/** Whether a JPEG begins with an EXIF of which GPS is a part. */
function saysWhere(jpeg) {
  const gps_pointer = Buffer.from([0x88, 0x25, 0x00, 0x04]);
  return jpeg.subarray(6, 10).toString() === 'Exif' && jpeg.subarray(0, 400).includes(gps_pointer);
}

/** The laptop's answer with a file, once it is there. */
async function arrived(laptop, hash) {
  for (;;) {
    const answer = await laptop.fetch(`/media/${hash}`);
    if (answer.status !== 404) return answer;
    await setTimeout(50);
  }
}
