/**
 * Days in the forest: observations with photos and audio, recorded far from any laptop, and what
 * must have become of them.
 */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Most rows of one answer. */
const rows_max = 500;
const pause_ms = 50;
const categories = ['oil_spill', 'contaminated_water', 'illegal_logging', 'fire', 'mining'];

/** Records so many observations, among which the files are shared out. */
export async function recordAll(phone, observations, files) {
  for (let n = 0; n < observations; n += 1) {
    const mine = files.filter((_, at) => at % observations === n);
    await phone.by('new-observation').tap();
    await phone.by(`category-${categories[n % categories.length]}`).tap();
    await phone.by('note').fill(`Observación ${n + 1}`);
    if (mine.length > 0) {
      await phone.by('pick-files').setInputFiles(mine);
      await phone
        .by('file')
        .nth(mine.length - 1)
        .waitFor();
    }
    await phone.save();
  }
}

/** What the laptop's records name: each file once. */
export async function namedMedia(laptop) {
  const { items } = await laptop.ask(`/observations?limit=${rows_max}`);
  const named = new Map();
  for (const { media } of items) for (const one of media) named.set(one.hash, one);
  return [...named.values()];
}

/**
 * Resolves once the laptop's records name so many files and all of them are there; says which they
 * are.
 */
export async function everythingArrived(laptop, files) {
  for (;;) {
    const named = await namedMedia(laptop);
    const { held } = await laptop.ask('/media/held', { hashes: named.map(({ hash }) => hash) });
    if (named.length === files && held.length === files) return named;
    await setTimeout(pause_ms);
  }
}

/** Every file is what its name says, as anybody computes it; returns the sum of their bytes. */
export async function isIntact(laptop, named) {
  let sum = 0;
  for (const { hash, bytes } of named) {
    const answer = await laptop.fetch(`/media/${hash}`);
    assert.equal(answer.status, 200);
    const body = new Uint8Array(await answer.arrayBuffer());
    assert.equal(body.length, bytes);
    assert.equal(bytesToHex(blake3(body)), hash);
    sum += bytes;
  }
  return sum;
}

/** The laptop's disk holds these files, each once, and no unfinished upload. */
export async function nothingElseIsKept(laptop, named) {
  const blobs = await readdir(join(laptop.data, 'media', 'blobs'), {
    recursive: true,
    withFileTypes: true,
  });
  const names = blobs.filter((entry) => entry.isFile()).map(({ name }) => name);
  assert.deepEqual(names.sort(), named.map(({ hash }) => hash).sort());
  const uploads = await readdir(join(laptop.data, 'media', 'uploads')).catch(() => []);
  assert.deepEqual(uploads, []);
}

/**
 * The manager's page counts every file as here, and shows each photo as the manager goes down the
 * table.
 */
export async function isSeen(manager, observations, named) {
  const sum = `[data-testid=media-count][data-here="${named.length}"][data-named="${named.length}"]`;
  await manager.page.locator(sum).waitFor();
  const photos = new Set(
    named.filter(({ type }) => type.startsWith('image/')).map(({ hash }) => hash),
  );
  const shown = new Set();
  let before = '';
  for (let n = 0; n < observations; n += 1) {
    if (n === 0) await manager.by('row').first().click();
    else await manager.page.keyboard.press('ArrowDown');
    const panel = manager.page.locator(
      `[data-testid=panel][data-record]:not([data-record="${before}"])`,
    );
    before = await panel.getAttribute('data-record');
    const boxes = manager.by('panel').locator('[data-testid=gallery-file][data-hash]');
    for (const box of await boxes.all()) {
      const hash = await box.getAttribute('data-hash');
      if (!photos.has(hash)) continue;
      await box.scrollIntoViewIfNeeded();
      await box.locator('[data-testid=preview][data-state=shown]').waitFor();
      shown.add(hash);
    }
  }
  assert.deepEqual([...shown].sort(), [...photos].sort());
}
