/**
 * The way back: the app's arrow and the phone's button lead the same way, and the list is where it
 * was left.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';

async function withRecords(t, count) {
  const laptop = await Laptop.start(t);
  const rows = Array.from({ length: count }, (_, n) => ({
    id: `row-${n}`,
    category: 'fire',
    note: `Quema ${n}`,
    observed_at: new Date(Date.now() - n * 3_600_000).toISOString(),
  }));
  await laptop.ask('/observations', rows);
  const alice = await Phone.ready(t, laptop);
  await alice.page.locator(`[data-testid=count][data-count="${count}"]`).waitFor();
  return { laptop, alice };
}

const address = ({ page }) => page.evaluate(() => location.hash || '#/');
/**
 * The record of a row near the middle of the screen, once the rows of the place that was scrolled
 * to are drawn.
 */
const rowInSight = () =>
  [...document.querySelectorAll('[data-record]')].find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top > innerHeight / 3 && bottom < innerHeight - 100;
  })?.dataset.record;
const depth = ({ page }) => page.evaluate(() => history.length);

test('after a look, a correction and a discarded one, the back button never opens what was left', async (t) => {
  const { alice } = await withRecords(t, 3);
  const { page } = alice;
  page.on('dialog', (question) => void question.accept());
  const before = await depth(alice);

  await alice.look('Quema 1');
  await alice.by('back').tap();
  await alice.by('new-observation').waitFor();
  assert.equal(await address(alice), '#/');

  await alice.look('Quema 1');
  await alice.editNote('Quema 1, apagada');
  await alice.by('edit').tap();
  await alice.by('note').fill('otra cosa');
  await alice.by('discard').tap();
  await alice.by('detail').waitFor();
  await page.goBack();
  await alice.by('new-observation').waitFor();
  assert.equal(await address(alice), '#/');

  await alice.record({ category: 'fire', note: 'Quema nueva' });
  await alice.by('observation').filter({ hasText: 'Quema nueva' }).waitFor();
  assert.equal(await address(alice), '#/');
  // The screens that were left lie ahead in the history, and none below.
  await page.goBack().catch(() => null);
  assert.ok((await depth(alice)) <= before + 3);
  assert.equal(await alice.by('detail').count(), 0);
  assert.equal(await alice.by('save').count(), 0);
});

test('the list is where it was left, by the arrow and by the back button, and a new record is on top', async (t) => {
  const { alice } = await withRecords(t, 200);
  const { page } = alice;
  const scroller = page.getByTestId('list').locator('..');
  const scrolled = () => scroller.evaluate((frame) => frame.scrollTop);
  for (const leave of [() => alice.by('back').tap(), () => page.goBack()]) {
    await scroller.evaluate((frame) => frame.scrollTo({ top: 6_000 }));
    // The rows of the new place are drawn a frame after the scrolling: what is tapped is what is
    // seen.
    const record = await (await page.waitForFunction(rowInSight)).jsonValue();
    const row = page.locator(`[data-record="${record}"]`);
    const at = await scrolled();
    assert.ok(at > 3_000, `scrolled to ${at}`);
    await row.tap();
    await alice.by('detail').waitFor();
    await leave();
    await page.waitForFunction(
      (focused) => document.activeElement?.dataset.record === focused,
      record,
    );
    assert.ok(Math.abs((await scrolled()) - at) < 4, `was at ${at}, is at ${await scrolled()}`);
  }
  await alice.record({ category: 'mining', note: 'Draga' });
  await alice.by('observation').filter({ hasText: 'Draga' }).waitFor();
  assert.equal(await scrolled(), 0);
});

test('each screen has a title of its own', async (t) => {
  const { alice } = await withRecords(t, 1);
  const titles = [await alice.page.title()];
  await alice.look('Quema 0');
  titles.push(await alice.page.title());
  await alice.by('edit').tap();
  await alice.by('note').waitFor();
  titles.push(await alice.page.title());
  await alice.page.goBack();
  await alice.by('back').tap();
  await alice.by('open-phone').tap();
  titles.push(await alice.page.title());
  assert.deepEqual(titles, [
    'Chasqui',
    'Observación · Chasqui',
    'Corregir observación · Chasqui',
    'Este teléfono · Chasqui',
  ]);
});
