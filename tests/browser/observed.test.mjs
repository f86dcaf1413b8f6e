/**
 * Days and who: an imported day is that day on both ends, and whoever saw something stays its
 * observer.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

const file = (text) => ({ name: 'lago.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

// `2026-01-01` was shown as 31 December, 19:00, and its day filter found nothing.
test('an imported day is that day in the table, its filter, on the phone and after a correction', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.import(
    file('lat,lon,note,fecha\n-3.7,-73.2,Un día,2026-01-01\n-3.7,-73.3,Otro,2026-01-02\n'),
  );
  await manager.closeReport();
  const row = manager.by('row').filter({ hasText: 'Un día' });
  assert.match(await row.locator('time').textContent(), /^1 ene/);
  await manager.by('filter-from').fill('2026-01-01');
  await manager.by('filter-to').fill('2026-01-01');
  await manager.lists(1);
  await row.filter({ hasText: 'lago.csv' }).click();
  assert.equal(await manager.by('panel').locator('.head time').textContent(), '1 ene 2026');
  await manager.by('panel').locator('[data-testid=who]').filter({ hasText: 'lago.csv' }).waitFor();

  const alice = await Phone.ready(t, laptop);
  await alice.lists(2, 'on_laptop');
  await alice.look('Un día');
  await alice
    .by('detail')
    .locator('time')
    .filter({ hasText: /^1 ene 2026$/ })
    .waitFor();
  await alice.by('edit').tap();
  assert.equal(await alice.by('observed-at').inputValue(), '2026-01-01');
  await alice.by('note').fill('Un día, corregido');
  await alice.save();
  await alice.by('detail').filter({ hasText: 'Un día, corregido' }).waitFor();
  await manager.by('row').filter({ hasText: 'Un día, corregido' }).waitFor();
  const [view] = (await laptop.ask('/observations?text=corregido')).items;
  assert.equal(view.observed_at, '2026-01-01');
  await manager.by('corrected-by').filter({ hasText: 'Rosa' }).waitFor();
  assert.equal(await manager.by('row').filter({ hasText: 'lago.csv' }).count(), 1);
});

// Whoever corrected a record last was shown as the one who saw it.
test('who saw it stays its observer in the table and on the phone, whoever corrects it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await alice.lists(1, 'on_laptop');
  const bob = await Phone.open(t, laptop);
  await bob.isKept();
  await bob.pair('Wilmer');
  await bob.lists(1, 'on_laptop');
  await bob.by('who').filter({ hasText: 'Rosa' }).waitFor();
  await bob.look('Draga');
  await bob.editNote('Dos dragas');
  await bob.by('corrected-by').filter({ hasText: 'este teléfono' }).waitFor();
  const manager = await Manager.open(t, laptop);
  const row = manager.by('row').filter({ hasText: 'Dos dragas' });
  assert.equal(await row.locator('[data-testid=who]').textContent(), 'Rosa');
  await row.click();
  await manager.by('corrected-by').filter({ hasText: 'Wilmer' }).waitFor();
  await alice.look('Dos dragas');
  await alice.by('corrected-by').filter({ hasText: 'Wilmer' }).waitFor();
});
