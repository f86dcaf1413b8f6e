/**
 * The manager's page by keyboard and on paper: the focus is never lost, and Ctrl+P gives what can
 * be used.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { letIn } from './harness/member.mjs';
import { Phone } from './harness/phone.mjs';

const many = 620;
const refused = {
  name: 'rows.csv',
  mimeType: 'text/csv',
  buffer: await readFile(new URL('fixtures/rows.csv', import.meta.url)),
};
const rows = (from, count) =>
  Array.from({ length: count }, (_, n) => ({
    id: `row ${from + n}`,
    category: 'fire',
    note: `Observación número ${from + n}, con una nota que llena dos líneas de la tabla en la pantalla`,
    observed_at: new Date(Date.UTC(2026, 2, 1, 12, 0, 0) + (from + n) * 60_000).toISOString(),
  }));

test('keys go through a long table, and the focus stays in it wherever it is scrolled to', async (t) => {
  const { manager } = await longTable(t);
  const { page } = manager;
  await manager.by('row').first().click();
  await page.keyboard.press('End');
  await page
    .locator('[data-testid=row][aria-selected=true]')
    .filter({ hasText: `${many - 500},` })
    .waitFor();
  assert.equal(await focused(page), 'grid');
  await page.mouse.wheel(0, -100_000);
  await page
    .locator('[data-testid=row]')
    .filter({ hasText: `número ${many - 1},` })
    .waitFor();
  assert.equal(await focused(page), 'grid');
  await page.keyboard.press('Home');
  await page
    .locator('[data-testid=row][aria-selected=true]')
    .filter({ hasText: `${many - 1},` })
    .waitFor();
  const active = await manager.by('grid').getAttribute('aria-activedescendant');
  assert.equal(
    active,
    await page.locator('[data-testid=row][aria-selected=true]').getAttribute('id'),
  );
});

test('a dialog that closes gives the focus back to what opened it', async (t) => {
  const laptop = await Laptop.start(t);
  await letIn(laptop, (await laptop.code()).code, 'Nélida');
  const manager = await Manager.open(t, laptop);
  const { page } = manager;
  for (const [opener, dialog] of [
    ['invite-button', 'invite'],
    ['settings-button', 'settings'],
    ['change', 'member'],
  ]) {
    await manager.by(opener).focus();
    await page.keyboard.press('Enter');
    await manager.by(dialog).waitFor();
    await page.keyboard.press('Escape');
    await manager.by(dialog).waitFor({ state: 'detached' });
    assert.equal(await focused(page), opener);
  }
  // The row goes to the end of the list, and another in its place may have the focus.
  await manager.by('change').click();
  await manager.by('revoke').click();
  await manager.by('revoke-yes').click();
  await page.locator('[data-testid=phone][data-revoked=true]').waitFor();
  await manager.by('member').waitFor({ state: 'detached' });
  assert.notEqual(await focused(page), 'BODY');
  await manager.by('import').focus();
  await manager.import(refused);
  const scrolled = page.locator('[data-testid=import-dialog] [tabindex="0"]');
  await scrolled.focus();
  assert.equal(await scrolled.evaluate((area) => area === document.activeElement), true);
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'import');
});

test('paper has the filter in words, every row that was read, and how many it lacks', async (t) => {
  const { manager } = await longTable(t);
  const { page } = manager;
  const { head: cut, ...some } = await paper(page);
  assert.deepEqual(some, { rows: 500, page: 'none', wide: true });
  assert.match(cut, /500 más recientes de 620/);
  await page.emulateMedia({ media: 'screen' });

  await page.evaluate(() => (window.print = () => (window.printed = true)));
  await manager.by('filter-category').selectOption('fire');
  await manager.lists(many);
  await manager.by('print').click();
  await page.waitForFunction(() => window.printed === true);
  const { head, ...seen } = await paper(page);
  assert.deepEqual(seen, { rows: many, page: 'none', wide: true });
  assert.match(head, /categoría «Quema o incendio»: 620 observaciones/);
  assert.doesNotMatch(head, /más recientes de/);
});

test('a notice that is done leaves the list, and stays done', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const phone = await Phone.ready(t, laptop);
  await phone.record({ category: 'fire', note: 'Humo' });
  const notice = manager.page.locator('[data-testid=notice][data-done=false]');
  await notice.waitFor();
  await manager.by('notice-done').click();
  await notice.waitFor({ state: 'detached' });
  assert.equal(await manager.page.locator('[data-testid=notice][data-done=true]').count(), 1);
  await manager.page.reload();
  await manager.isIn();
  await manager.page.locator('[data-testid=notice][data-done=true]').waitFor({ state: 'attached' });
  assert.equal(await notice.count(), 0);
});

async function longTable(t) {
  const laptop = await Laptop.start(t);
  await laptop.ask('/observations', rows(0, many));
  const manager = await Manager.open(t, laptop);
  await manager.lists(many);
  return { laptop, manager };
}

/** What is marked for tests at or around the focus; the element's name where nothing is. */
function focused(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at.closest('[data-testid]')?.dataset.testid ?? at.nodeName;
  });
}

/**
 * What would be printed: the rows, whether the page itself is left out, what stands above them, and
 * whether all fits the width.
 */
async function paper(page) {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const seen = await page.evaluate(() => ({
    rows: document.querySelectorAll('[data-testid=printed] tbody tr').length,
    page: getComputedStyle(document.querySelector('.page')).display,
    head: document.querySelector('[data-testid=printed] header').textContent,
    wide: document.scrollingElement.scrollWidth <= innerWidth,
  }));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  return seen;
}
