/**
 * How the phone's log bears ten thousand records, in a real Chromium against the real laptop, in
 * one run: saves, the first push, starting again, a fresh phone's pull, and what its rows cost
 * beside a row an entry.
 *
 *     cd tests/browser && node ../bench/bulk.mjs [records]      (after `make build` and `sh
 *     .tools/npm.sh tests/browser`)
 */
import { Laptop } from '../browser/harness/laptop.mjs';
import { temporaryFolder } from '../browser/harness/folder.mjs';
import { browser } from './engine.mjs';

const records = Number(process.argv[2] ?? 10_000);
const rounds = 5;
const ends = [];
const t = { after: (end) => ends.unshift(end) };

const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const sort = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => at(sort(numbers), 0.5);
const say = (what, ms) => console.log(`${what.padEnd(52)} ${ms.toFixed(1).padStart(9)} ms`);

async function timed(page, work, argument) {
  return page.evaluate(
    async ([body, argument]) => {
      const start = performance.now();
      await new Function(`return (${body})`)()(argument);
      return performance.now() - start;
    },
    [work.toString(), argument],
  );
}

/** Fills a phone with the laptop off, then lets it push everything. */
async function firstPhone(laptop) {
  const profile = await temporaryFolder(t, 'alice');
  const { page, close } = await browser(profile, laptop.origin);
  const { code } = await laptop.code();
  await timed(
    page,
    async (code) => (start(), await call('pair', code, 'Alice'), await synced(0)),
    code,
  );
  await laptop.stop();
  const saves_ms = await page.evaluate(async (records) => {
    const all = [];
    for (let n = 0; n < records; n++) {
      const before = performance.now();
      await record(n);
      all.push(performance.now() - before);
    }
    return all;
  }, records);
  say('one save, strict, p50', at(sort(saves_ms), 0.5));
  say('one save, strict, p99', at(sort(saves_ms), 0.99));
  say(`one save, strict, p99 of the last tenth`, at(sort(saves_ms.slice(-records / 10)), 0.99));
  await laptop.start();
  const push = async (records) => (await call('networkChanged'), await synced(records));
  say(`first push of ${records}, durable`, await timed(page, push, records));
  const starts_ms = [];
  for (let round = 0; round < rounds; round++) {
    await page.evaluate(() => stop());
    starts_ms.push(
      await timed(page, async () => (start(), JSON.parse(await call('observations', '')))),
    );
  }
  say(`start of the engine to the whole list of ${records}`, median(starts_ms));
  await close();
}

/** Pulls everything onto an empty phone, and leaves its database for the comparison of rows. */
async function secondPhone(laptop) {
  const profile = await temporaryFolder(t, 'bob');
  const { page, close } = await browser(profile, laptop.origin);
  const { code } = await laptop.code();
  const pull = async ([records, code]) => (
    start(),
    await call('pair', code, 'Bob'),
    await synced(records)
  );
  say(`a fresh phone is let in and pulls ${records}`, await timed(page, pull, [records, code]));
  await page.evaluate(() => stop());
  const { segments_ms, singles_ms } = await page.evaluate(compareRows, { records, rounds });
  say('the same bytes as its segments, strict', median(segments_ms));
  say('the same bytes as a row an entry, strict', median(singles_ms));
  const ratio = median(singles_ms) / median(segments_ms);
  console.log(`segments take 1/${ratio.toFixed(1)} of the time of a row an entry`);
  await close();
}

/**
 * Writes the bytes that the engine stored into two new tables, in as many strict transactions: as
 * its rows are, and cut into one row an entry.
 */
async function compareRows({ records, rounds }) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = request.oncomplete = () => resolve(request.result);
      request.onerror = request.onabort = () => reject(request.error);
    });
  const engine = await done(indexedDB.open('chasqui'));
  const table = engine.transaction('entries-1').objectStore('entries-1');
  const segments = await done(table.getAll());
  engine.close();

  const per_segment = Math.ceil(records / segments.length);
  const cut = (segment) => {
    const step = Math.ceil(segment.length / per_segment);
    return Array.from({ length: per_segment }, (_, n) => segment.slice(n * step, (n + 1) * step));
  };
  const write = async (batches) => {
    const opening = indexedDB.open(`bench-${Math.random()}`, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
    const database = await done(opening);
    const start = performance.now();
    for (const [n, batch] of batches.entries()) {
      const saving = database.transaction('rows', 'readwrite', { durability: 'strict' });
      const rows = saving.objectStore('rows');
      batch.forEach((bytes, m) => rows.put(bytes, ['ab'.repeat(16), n * per_segment + m]));
      await done(saving);
    }
    const took = performance.now() - start;
    database.close();
    return took;
  };
  const [as_segments, as_singles] = [segments.map((bytes) => [bytes]), segments.map(cut)];
  const [segments_ms, singles_ms] = [[], []];
  for (let round = 0; round < rounds; round++) {
    segments_ms.push(await write(as_segments));
    singles_ms.push(await write(as_singles));
  }
  return { segments_ms, singles_ms };
}

try {
  const laptop = await Laptop.start(t);
  await firstPhone(laptop);
  await secondPhone(laptop);
} finally {
  for (const end of ends) await end();
}
