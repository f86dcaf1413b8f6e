/** "Saved" and "on the laptop" are promises: whatever dies right after, the record is there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { untilStored } from './harness/pagestore.mjs';
import { Phone } from './harness/phone.mjs';

test('a browser killed the moment it says "saved" has the record after a restart', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  const before = (await laptop.ask('/status')).versions;
  await laptop.stop();
  for (const note of ['Humo al norte', 'Humo al sur', 'Humo al este']) {
    await alice.record({ category: 'fire', note });
    await alice.kill();
    await alice.open();
    await alice.by('observation').filter({ hasText: note }).waitFor();
  }
  await alice.lists(3, 'on_phone');
  await laptop.start();
  await alice.lists(3, 'on_laptop');
  assert.equal((await laptop.ask('/status')).versions - before, 3);
});

test('a laptop killed once a phone shows "on the laptop" has the record after a restart', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'hunting', note: 'Casquillos de escopeta' });
  await alice.lists(1, 'on_laptop');
  await laptop.kill();
  await laptop.start();
  const { items } = await laptop.ask('/observations');
  assert.deepEqual(
    items.map((item) => item.note),
    ['Casquillos de escopeta'],
  );
});

test('a browser killed in the middle of a form gives back what was typed', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-invasion').tap();
  await alice.by('note').fill('Cuatro casas nuevas');
  const isThere = (drafts) => drafts.some((text) => text.includes('Cuatro casas nuevas'));
  await untilStored(alice, 'drafts-1', isThere);
  await alice.kill();
  await alice.open();
  await alice.by('draft').tap();
  await alice.page.locator('[data-testid=category][data-category=invasion]').waitFor();
  assert.equal(await alice.by('note').inputValue(), 'Cuatro casas nuevas');
  await alice.save();
  await alice.lists(1, 'on_laptop');
});

test('a second tab sees what the first records, and goes on when the first is closed', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  const second = await alice.newTab();
  const before = (await laptop.ask('/status')).entries;
  await laptop.stop();
  await alice.record({ category: 'road', note: 'Trocha vista en la primera' });
  await alice.by('observation', second).filter({ hasText: 'la primera' }).waitFor();
  await alice.page.close();
  alice.page = second;
  await alice.record({ category: 'road', note: 'Trocha vista en la segunda' });
  await laptop.start();
  await alice.lists(2, 'on_laptop');
  assert.equal((await laptop.ask('/status')).entries - before, 2);
});
