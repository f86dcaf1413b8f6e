/**
 * A list of more records than come in one piece is whole, and what was saved stands in its place.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { photosOf } from './harness/pictures.mjs';

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
  await alice.page
    .locator(`li[aria-setsize="${all + 1}"]`)
    .first()
    .waitFor();
  await list.locator('..').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  const last = alice.page.locator(`li[aria-posinset="${all + 1}"]`);
  await last.getByText('fila 0.').waitFor();
  assert.equal(await first.count(), 0, 'only the rows in sight are in the page');
});

test('each day has a head in the language of the page, and a record its photo', async (t) => {
  const laptop = await Laptop.start(t);
  const day_ms = 86_400_000;
  const noon = (days) =>
    new Date(Math.floor(Date.now() / day_ms) * day_ms + 17 * 3_600_000 - days * day_ms);
  const seen = [2, 2, 40, 41].map((days, n) => ({
    id: `row-${n}`,
    category: 'mining',
    note: `fila ${n}.`,
    observed_at: noon(days).toISOString(),
  }));
  await laptop.ask('/observations', [
    ...seen,
    { id: 'ahead', category: 'fire', note: 'reloj', observed_at: noon(-900).toISOString() },
  ]);
  const alice = await Phone.ready(t, laptop);
  await alice.by('new-observation').tap();
  await alice.by('category-fish_kill').tap();
  const [photo] = await photosOf(t, alice.page, 1, { width: 640, height: 480 });
  await alice.by('pick-files').setInputFiles(photo);
  await alice.by('file').first().waitFor();
  await alice.save();
  const first = alice.page.locator('li[aria-posinset="1"]');
  await first.getByTestId('thumbnail').waitFor();
  const drawn = await first
    .getByTestId('thumbnail')
    .evaluate((image) => [image.naturalWidth, image.naturalHeight]);
  assert.deepEqual(drawn, [112, 112], 'small, whatever the photo is');
  assert.equal(await alice.by('thumbnail').count(), 1);
  const heads = alice.by('day');
  await alice.page.locator('li[aria-setsize="6"]').first().waitFor();
  // The one that is said to come in three years stands where it was written, today.
  assert.equal(await heads.count(), 4);
  assert.deepEqual((await heads.allTextContents()).map((text) => text.trim())[0], 'Hoy');
  const list = alice.page.locator('[data-testid=list] > li');
  const under = await list.evaluateAll((rows) =>
    rows.map((row) => row.querySelector('h2') !== null),
  );
  assert.deepEqual(under, [true, false, true, false, true, true]);
  for (const [language, today] of [
    ['pt', 'Hoje'],
    ['en', 'Today'],
  ]) {
    await alice.page.locator('header select').selectOption(language);
    await heads.first().getByText(today, { exact: true }).waitFor();
  }
});

test('a thumb that scrolls through a long list with days meets no blank', async (t) => {
  const laptop = await Laptop.start(t);
  for (let n = 0; n < batches; n += 1) await laptop.ask('/observations', rows(n * batch));
  const alice = await Phone.ready(t, laptop);
  await alice.page
    .locator(`li[aria-setsize="${batches * batch}"]`)
    .first()
    .waitFor();
  const all = await alice.page.locator('[data-testid=list]').evaluate(async (list) => {
    const frame = list.parentElement;
    const counts = [];
    for (let step = 0; step < 60; step += 1) {
      frame.scrollBy(0, 700);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const edges = [...list.children].map((row) => row.getBoundingClientRect());
      const { top, bottom } = frame.getBoundingClientRect();
      counts.push({
        rows: edges.length,
        blank:
          !edges.some((row) => row.top <= top + 1) ||
          !edges.some((row) => row.bottom >= bottom - 1),
      });
    }
    return counts;
  });
  assert.ok(
    all.every(({ rows }) => rows < 40),
    'only the rows in sight are in the page',
  );
  assert.deepEqual(
    all.filter(({ blank }) => blank),
    [],
  );
});
