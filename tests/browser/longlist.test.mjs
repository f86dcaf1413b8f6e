/** A list of more records than come in one piece is whole, and what was saved stands in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';

const batch = 1_000;
const batches = 3;

function rows(from) {
  return Array.from({ length: batch }, (_, n) => ({
    id: `row-${from + n}`,
    category: 'oil_spill',
    note: `fila ${from + n}.`,
    observed_at: new Date(1.6e12 + (from + n) * 60_000).toISOString(),
  }));
}

test('a list that comes in pieces is whole and in order, and what is saved at its opening is on top', async (t) => {
  const laptop = await Laptop.start(t);
  for (let n = 0; n < batches; n += 1) await laptop.ask('/observations', rows(n * batch));
  const alice = await Phone.ready(t, laptop);
  const all = batches * batch;
  await alice.page.locator(`[data-testid=count][data-count="${all}"]`).waitFor();
  await alice.page.reload();
  await alice.record({ category: 'fire', note: 'recién visto' });
  await alice.page.locator(`[data-testid=count][data-count="${all + 1}"]`).waitFor();
  const first = alice.page.locator('li[aria-posinset="1"]');
  await first.getByText('recién visto').waitFor();
  const list = alice.page.getByRole('list').filter({ has: first });
  await alice.page.locator(`li[aria-setsize="${all + 1}"]`).first().waitFor();
  await list.locator('..').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  const last = alice.page.locator(`li[aria-posinset="${all + 1}"]`);
  await last.getByText('fila 0.').waitFor();
  assert.equal(await first.count(), 0, 'only the rows in sight are in the page');
});
