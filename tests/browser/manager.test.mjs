/** The manager's page: who came, what is in a file, and finding one observation among many. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { Phone } from './harness/phone.mjs';

const rows = {
  name: 'rows.csv',
  mimeType: 'text/csv',
  buffer: await readFile(new URL('fixtures/rows.csv', import.meta.url)),
};

test('an import says what became of every row, and the same file again adds nothing', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  assert.deepEqual(await manager.import(rows), { added: 3, known: 1, refused: 2 });
  assert.deepEqual(
    await manager
      .by('import-row')
      .evaluateAll((all) => all.map((row) => [row.dataset.line, row.dataset.code])),
    [
      ['4', 'latitude_out_of_range'],
      ['5', 'date_unreadable'],
    ],
  );
  await manager.closeReport();
  await manager.lists(3);
  assert.deepEqual(await manager.import(rows), { added: 0, known: 4, refused: 2 });
  await manager.closeReport();
  await manager.lists(3);

  const picture = { name: 'foto.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0, 1, 2]) };
  await manager.by('import-file').setInputFiles(picture);
  await manager.page.locator('[data-testid=problem][data-code=not_text]').waitFor();
  manager.watch.forgive(/422/);
});

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('no sentence about a file is in another language than the page', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const odd = file(
    'odd.csv',
    'lat;lon;fecha;categoría\n-4,1;-73,2;05/06/2026;Minería\n;-73,2;x;y\nz;-73,2;1736;Pesca\n-4,1;-73,3;1736;Pesca\n',
  );
  assert.deepEqual(await manager.import(odd), { added: 2, known: 0, refused: 2 });
  const said = await manager.by('import-dialog').innerText();
  for (const words of [
    'Falta la latitud.',
    'No se entiende la latitud «z». Columna «lat».',
    'Línea 3',
    'anterior a 1950',
    'con el día primero',
  ])
    assert.ok(said.includes(words), `${words}: ${said}`);
  assert.doesNotMatch(said, /\b(row|rows|the|line|date|latitude|is|was)\b/);
  await manager.closeReport();

  // Words of a file are categories: known ones in any language, others under their own.
  await manager.by('filter-category').selectOption('mining');
  await manager.lists(1);
  await manager.by('filter-category').selectOption('Pesca');
  await manager.lists(1);
});

test('what would change an observation is listed, and done only by a press', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const rows = (note) =>
    file(
      'kobo.csv',
      `_uuid,lat,lon,nota\n5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1a01,-4.1,-73.2,${note}\n`,
    );
  await manager.import(rows('humo'));
  await manager.closeReport();
  assert.deepEqual(await manager.import(rows('fuego')), {
    added: 0,
    known: 0,
    differing: 1,
    refused: 0,
  });
  await manager.by('row').filter({ hasText: 'humo' }).waitFor();
  await manager.by('import-correct').click();
  await manager.page.locator('[data-sum=changed]').waitFor();
  await manager.by('row').filter({ hasText: 'fuego' }).waitFor();
});

test('filters narrow the table and the map alike', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.import(rows);
  await manager.closeReport();
  await manager.showsPoints(3);

  await manager.by('filter-category').selectOption('illegal_logging');
  await manager.lists(1);
  await manager.showsPoints(1);
  await manager.by('filter-category').selectOption('');
  await manager.by('filter-text').fill('segunda semana');
  await manager.lists(1);
  await manager.by('row').filter({ hasText: 'Derrame' }).waitFor();
  await manager.by('filter-from').fill('2026-05-01');
  await manager.lists(0);
  await manager.showsPoints(0);
  await manager.page.getByRole('button', { name: 'Quitar filtros' }).click();
  await manager.lists(3);
  await manager.showsPoints(3);
});

test('a click on a point of the map chooses its observation', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.import(rows);
  await manager.closeReport();
  await manager.by('filter-category').selectOption('oil_spill');
  await manager.showsPoints(1);
  await manager.page.getByRole('button', { name: 'Ver todas' }).click();
  await manager.showsPoints(1);
  // The only point, all in sight, is in the middle.
  await manager.by('map').click();
  await manager.by('panel').filter({ hasText: 'Derrame, segunda semana' }).waitFor();
  await manager.page.locator('[data-testid=row][aria-selected=true]').waitFor();
});

test('a phone that comes is seen at once, and what it brings is counted', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const alice = await Phone.ready(t, laptop);
  await manager.by('phone').filter({ hasText: 'Rosa' }).waitFor();
  await manager.page.locator('[data-testid=phone][data-standing=complete]').waitFor();
  assert.equal(await manager.by('phone').count(), 1, 'a phone that recorded nothing is one row');
  await alice.record({ category: 'fire', note: 'Humo en la otra banda' });
  await alice.record({ category: 'fire', note: 'Humo más cerca' });
  const complete = manager.page.locator(
    '[data-testid=phone][data-standing=complete][data-lacking="0"]',
  );
  await complete.filter({ hasText: '2 observaciones' }).waitFor();
  await manager
    .by('awaited')
    .filter({ hasText: 'Llegó todo lo que los teléfonos dijeron tener.' })
    .waitFor();
  assert.equal(await manager.by('phone').count(), 1);
  assert.ok(await manager.wasNeverReloaded());
});

test('a page that follows reads what changed, and not what it has read before', async (t) => {
  const laptop = await Laptop.start(t);
  const rows = (from, count) =>
    Array.from({ length: count }, (_, index) => ({
      id: `row ${from + index}`,
      category: 'oil_spill',
      note: `row ${from + index}`,
      location: { lat: -4 - (from + index) / 1000, lon: -73 },
    }));
  await laptop.ask('/observations', rows(0, 1000));
  const manager = await Manager.open(t, laptop);
  await manager.lists(1000);
  await manager.showsPoints(1000);

  const answers = [];
  manager.page.on('response', (answer) => {
    if (/\/api\/v1\/observations\?/.test(answer.url())) answers.push(answer);
  });
  await laptop.ask('/observations', rows(1000, 2));
  await manager.lists(1002);
  await manager.showsPoints(1002);
  await manager.by('row').filter({ hasText: 'row 1001' }).waitFor();
  for (const answer of answers) {
    assert.match(answer.url(), /[?&]since=/, 'a whole answer was read');
    const { items } = await answer.json();
    assert.ok(items.length <= 2, `${items.length} records for two changes`);
  }
  assert.ok(answers.length > 0);

  await laptop.ask('/observations', [{ ...rows(1000, 1)[0], note: 'row 1000 again' }]);
  await manager.by('row').filter({ hasText: 'row 1000 again' }).waitFor();
  await manager.lists(1002);
});
