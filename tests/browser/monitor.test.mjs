/** The phone's page as a new monitor meets it: a first visit, a place by whatever is at hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';

test('one visit keeps the app and its map for a start with the laptop gone', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.hasMap();
  await laptop.stop();
  await alice.restart();
  await alice.by('new-observation').tap();
  await alice.by('category-invasion').tap();
  await alice.by('place-map').tap();
  await alice
    .by('map')
    .locator('canvas')
    .tap({ position: { x: 60, y: 90 } });
  await alice.page.locator('[data-testid=position][data-source=hand]').waitFor();
  await alice.save();
  await alice.lists(1, 'on_phone');
});

test('a GPS position is recorded with its accuracy', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-mining').tap();
  await alice.page.locator('[data-testid=position][data-source=gps]').waitFor();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  const { location } = await onlyRecord(laptop);
  assert.deepEqual(location, { lat: -3.74912, lon: -73.25383, accuracy_m: 12, source: 'gps' });
});

test('with the GPS denied an observation is saved, and a place can be typed later', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { place: null });
  await alice.by('new-observation').tap();
  await alice.by('category-fish_kill').tap();
  await alice.page.locator('[data-testid=position][data-gps=denied]').waitFor();
  await alice.save();
  await alice.lists(1, 'on_laptop');
  assert.equal((await onlyRecord(laptop)).location, undefined);

  await alice.by('observation').tap();
  await alice.by('edit').tap();
  await alice.by('place-by-hand').tap();
  await alice.by('latitude').fill('-4,5731');
  await alice.by('longitude').fill('-73.4012');
  await alice.save();
  await alice.by('detail').filter({ hasText: '-4.57310, -73.40120, puesto a mano' }).waitFor();
  await alice.by('back').tap();
  await alice.lists(1, 'on_laptop');
  const held = await onlyRecord(laptop);
  assert.deepEqual(held.location, { lat: -4.5731, lon: -73.4012, source: 'hand' });
  const [edited, first] = held.history;
  assert.deepEqual([edited.parents, first.parents], [[first.id], []]);
});

test('without a category nothing is saved, and the page says why in sight', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('save').tap();
  const reason = await alice.by('wrong').boundingBox();
  assert.ok(reason.y + reason.height <= 640);
  await alice.by('category-other').tap();
  await alice.save();
  await alice.lists(1, 'on_laptop');
});

async function onlyRecord(laptop) {
  const { items } = await laptop.ask('/observations');
  assert.equal(items.length, 1);
  return laptop.ask(`/observations/${items[0].record}`);
}
