/** Two phones edit one observation out of each other's reach: nothing is lost, and all agree. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

test('both offline edits of one observation are heads everywhere, and all show the same', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await alice.lists(1, 'on_laptop');
  const bob = await Phone.ready(t, laptop);
  await bob.lists(1, 'on_laptop');

  await laptop.stop();
  await alice.look('Draga');
  await alice.editNote('Dos dragas en la quebrada');
  await bob.look('Draga');
  await bob.editNote('Draga y campamento de diez personas');
  await laptop.start();

  const [seen_by_alice, seen_by_bob] = [await inDispute(alice), await inDispute(bob)];
  const [{ record }] = (await laptop.ask('/observations')).items;
  const held = await laptop.ask(`/observations/${record}`);
  assert.equal(held.heads.length, 2);
  assert.deepEqual(held.history.map((version) => version.note).sort(), [
    'Dos dragas en la quebrada',
    'Draga en la quebrada',
    'Draga y campamento de diez personas',
  ]);
  const on_laptop = held.conflicts[0].values;
  const agreed = {
    note: held.note,
    versions: on_laptop.map((value) => value.version),
    values: on_laptop.map((value) => value.value),
  };
  assert.deepEqual([...agreed.versions].sort(), [...held.heads].sort());
  assert.deepEqual(seen_by_alice, { ...agreed, mine: ['Dos dragas en la quebrada'] });
  assert.deepEqual(seen_by_bob, { ...agreed, mine: ['Draga y campamento de diez personas'] });

  const manager = await Manager.open(t, laptop);
  await manager.by('row').filter({ hasText: held.note }).click();
  const values = manager.by('conflict-value');
  assert.deepEqual(await values.locator('.value').allTextContents(), agreed.values);
  await manager.page.locator('[data-count=conflicts][data-value="1"]').waitFor();
});

test('edits of different fields become one observation, and nobody is asked about it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'other', note: 'Ruido de motosierra' });
  await alice.lists(1, 'on_laptop');
  const bob = await Phone.ready(t, laptop);
  await bob.lists(1, 'on_laptop');

  await laptop.stop();
  await alice.look('motosierra');
  await alice.editNote('Ruido de dos motosierras');
  await bob.look('motosierra');
  await bob.by('edit').tap();
  await bob.by('change-category').tap();
  await bob.by('category-illegal_logging').tap();
  await bob.save();
  await laptop.start();

  for (const phone of [alice, bob]) {
    const detail = phone.by('detail').filter({ hasText: 'Ruido de dos motosierras' });
    await detail.filter({ hasText: 'Tala ilegal' }).waitFor();
    // What was signed on three devices is checked on this one.
    await detail.locator('[data-testid=proof][data-whole=true]').waitFor();
    assert.equal(await phone.by('conflicts').count(), 0);
  }
});

/** What a phone shows of the open record once both values have arrived. */
async function inDispute(phone) {
  await phone.by('conflict-value').nth(1).waitFor();
  return phone.shown();
}
