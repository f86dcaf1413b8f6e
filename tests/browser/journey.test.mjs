/** The way of an observation: from a phone with no laptop in reach to all who should see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

const observations = [
  { category: 'oil_spill', note: 'Mancha de crudo en el caño' },
  { category: 'fish_kill', note: 'Boquichicos muertos en la orilla' },
  { category: 'road', note: 'Trocha nueva hacia la colpa' },
];

test('what is recorded with the laptop off outlives a restart and reaches all with no click', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const alice = await Phone.ready(t, laptop);

  await laptop.stop();
  for (const observation of observations) await alice.record(observation);
  await alice.lists(3, 'on_phone');
  await alice.restart();
  await alice.lists(3, 'on_phone');

  await laptop.start();
  await alice.lists(3, 'on_laptop');
  await manager.lists(3);
  for (const { note } of observations) await manager.by('row').filter({ hasText: note }).waitFor();
  assert.ok(await manager.wasNeverReloaded());

  const bob = await Phone.ready(t, laptop);
  await bob.lists(3, 'on_laptop');
  for (const { note } of observations) {
    await bob.by('observation').filter({ hasText: note }).waitFor();
  }
});
