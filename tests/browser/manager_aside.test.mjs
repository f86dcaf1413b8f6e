/**
 * The records of a phone that was put out can be hidden from everybody, and shown again: nothing of
 * them is deleted.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

test('the records of a revoked phone are hidden from the page and from phones, after a word of what it means, and come back', async (t) => {
  const laptop = await Laptop.start(t);
  const mallory = await Phone.ready(t, laptop, { holder: 'Mallory', forgiven: /401/ });
  await mallory.record({ category: 'fire', note: 'Humo que nadie vio' });
  await mallory.lists(1, 'on_laptop');
  const alice = await Phone.ready(t, laptop, { holder: 'Alice' });
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await alice.lists(2, 'on_laptop');
  const manager = await Manager.open(t, laptop);
  await manager.lists(2);
  await manager.showsPoints(2);

  const row = manager.by('phone').filter({ hasText: 'Mallory' });
  await row.getByTestId('change').click();
  assert.equal(await manager.by('set-aside').count(), 0, 'a phone that is let in cannot be hidden');
  await manager.by('revoke').click();
  await manager.by('revoke-yes').click();
  await manager.by('member').waitFor({ state: 'detached' });
  await row.getByText(/^Retirado/).waitFor();
  await manager.lists(2);

  await row.getByTestId('change').click();
  await manager.by('set-aside').click();
  await manager
    .by('member')
    .getByText(/No se borra nada, y puedes volver a mostrarlo/)
    .waitFor();
  await manager.by('aside-yes').click();
  await manager.lists(1);
  await manager.showsPoints(1);
  await manager.by('row').getByText('Draga').waitFor();
  await row.getByText('Sus registros están ocultos').waitFor();
  await alice.page.locator('[data-testid=count][data-count="1"]').waitFor();
  assert.equal(await alice.by('observation').getByText('Humo').count(), 0);
  const { items } = await laptop.ask('/observations');
  assert.deepEqual(
    items.map(({ note }) => note),
    ['Draga en la quebrada'],
  );

  await row.getByTestId('change').click();
  await manager.by('take-back').click();
  await manager.lists(2);
  await manager.showsPoints(2);
  await alice.by('observation').getByText('Humo').waitFor();
  assert.equal(await row.getByText('Sus registros están ocultos').count(), 0);
  assert.ok(await manager.wasNeverReloaded());
});
