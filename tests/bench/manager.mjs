/**
 * What the manager's page costs with many records: `node ../bench/manager.mjs [records] [changes]`,
 * from tests/browser, against the program that CHASQUI names.
 *
 * Prints how long a start takes, how long until a change of the laptop is seen, and what the page
 * read for it.
 */
import { Laptop } from '../browser/harness/laptop.mjs';
import { Manager } from '../browser/harness/manager.mjs';

const [count, changes] = process.argv.slice(2).map(Number);
const records = count || 100_000;
const tries = changes || 5;
let end = () => undefined;
const t = { after: (all) => (end = all) };

try {
  await measure();
} finally {
  await end();
}

async function measure() {
  const laptop = await Laptop.start(t);
  await timed(`import of ${records} rows`, () =>
    laptop.fetch('/import?name=rows.geojson', {
      method: 'POST',
      body: rows(records),
      headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    }),
  );
  const opened = performance.now();
  const manager = await Manager.open(t, laptop);
  const read = watch(manager.page);
  await manager.by('row').first().waitFor();
  say('first row', performance.now() - opened);
  await manager.showsPoints(records);
  say('map drawn', performance.now() - opened);
  console.log(`read for the start: ${kilobytes(await read())}`);
  for (let change = 0; change < tries; change += 1) await follow(laptop, manager, read, change);
  console.log(`heap of the page: ${Math.round((await heapBytes(manager.page)) / 1e6)} MB`);
}

async function follow(laptop, manager, read, change) {
  const note = `change ${change}`;
  const began = performance.now();
  await laptop.ask('/observations', [{ id: note, category: 'fire', note }]);
  await manager.by('row').filter({ hasText: note }).waitFor();
  say(`change ${change} seen`, performance.now() - began);
  console.log(`read for it: ${kilobytes(await read())}`);
}

/** Resolves with the bytes of bodies, as they came over the network, since it was last called. */
function watch(page) {
  const answers = [];
  page.on('requestfinished', (request) => {
    if (request.url().includes('/observations')) answers.push(request.sizes());
  });
  return async () => {
    const sizes = await Promise.all(answers.splice(0));
    return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  };
}

async function heapBytes(page) {
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

function rows(many) {
  const features = Array.from({ length: many }, (_, row) => ({
    type: 'Feature',
    id: `row ${row}`,
    geometry: { type: 'Point', coordinates: [-75 + (row % 1000) / 200, -8 + row / many] },
    properties: {
      category: ['oil_spill', 'illegal_logging', 'mining', 'fire'][row % 4],
      note: `Row ${row} on the way to the river`,
      observed_at: new Date(Date.UTC(2025, 0, 1) + row * 300_000).toISOString(),
    },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

async function timed(what, work) {
  const began = performance.now();
  const answer = await work();
  say(what, performance.now() - began);
  console.log(JSON.stringify(await answer.json()).slice(0, 120));
}

function say(what, ms) {
  console.log(`${what}: ${(ms / 1000).toFixed(2)} s`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
