import { expect, test } from 'vitest';
import * as fixes from './fix';
import type { Fix, Held } from './fix';

const metres_per_degree = 111_195;
/** A reading so many metres north of the first. */
const fix = (accuracy_m: number, seconds = 0, north_m = 0): Fix => ({
  lat: -3.7 + north_m / metres_per_degree,
  lon: -73.2,
  accuracy_m,
  source: 'gps',
  taken_ms: seconds * 1000,
});
const after = (...readings: Fix[]): Held => readings.reduce(fixes.take, fixes.nothing_held);

test('until a place is held, a better reading of it replaces the one before, and a worse one does not', () => {
  expect(after(fix(40), fix(12, 1)).fix?.accuracy_m).toBe(12);
  expect(after(fix(12), fix(40, 1)).fix?.accuracy_m).toBe(12);
  expect(after(fix(12), fix(12, 1, 10)).fix).toEqual(fix(12));
});

test('a worse reading 1.6 km away after a minute replaces nothing, and is offered with its distance', () => {
  const held = after(fix(5), fix(60, 62, 1600));
  expect(held.fix).toEqual(fix(5));
  expect(held.offer).toMatchObject({ kind: 'elsewhere', fix: fix(60, 62, 1600) });
  expect(held.offer?.distance_m).toBeCloseTo(1600, 0);
});

test('a more exact reading from elsewhere replaces nothing either, held or not', () => {
  const held = after(fix(20), fix(5, 1, 1500));
  expect([held.by, held.fix?.accuracy_m, held.offer?.kind]).toEqual([null, 20, 'elsewhere']);
  expect(fixes.take(fixes.holdHere(after(fix(20))), fix(5, 1, 1500)).fix).toEqual(fix(20));
});

test('whoever is back is not asked any more', () => {
  expect(after(fix(5), fix(5, 30, 400), fix(8, 60, 3)).offer).toBeNull();
});

test.each([
  [10, 'exact'],
  [10.1, null],
])('a fix of %d m is held by: %s', (accuracy_m, by) => {
  expect(after(fix(accuracy_m)).by).toBe(by);
});

test('an exact fix stays what it is, even against a better one beside it', () => {
  expect(after(fix(9), fix(3, 1, 5)).fix).toEqual(fix(9));
});

test('the first photo holds the fix that is there, or the first one that comes', () => {
  const there = fixes.photoTaken(after(fix(30)), 1_000);
  expect([there.by, fixes.take(there, fix(12, 2)).fix]).toEqual(['photo', fix(30)]);
  const later = fixes.take(fixes.photoTaken(fixes.nothing_held, 1_000), fix(30, 2));
  expect([later.by, later.fix]).toEqual(['photo', fix(30, 2)]);
});

test('a poor fix that a photo holds gets better by itself for 15 s, and by a question afterwards', () => {
  const poor = fixes.photoTaken(after(fix(500)), 1_000);
  expect(fixes.take(poor, fix(8, 16, 100)).fix?.accuracy_m).toBe(8);
  const late = fixes.take(poor, fix(8, 16.1, 100));
  expect([late.fix?.accuracy_m, late.offer?.kind]).toEqual([500, 'better']);
  expect(fixes.accept(late)).toMatchObject({ fix: fix(8, 16.1, 100), offer: null });
});

test('what is held by hand changes by hand alone', () => {
  const held = fixes.holdHere(after(fix(40)));
  expect(fixes.take(held, fix(5, 1)).fix).toEqual(fix(40));
  expect(fixes.holdHere(fixes.nothing_held)).toEqual(fixes.nothing_held);
});

test('a place that was moved by hand may still get better, and asks again when it is left', () => {
  const moved = fixes.accept(after(fix(5), fix(60, 62, 1600)));
  expect([moved.fix, moved.by]).toEqual([fix(60, 62, 1600), null]);
  expect(fixes.take(moved, fix(12, 64, 1610)).fix?.accuracy_m).toBe(12);
  expect(fixes.take(moved, fix(12, 90, 0)).offer?.kind).toBe('elsewhere');
});

test('better and better readings do not creep away with whoever walks', () => {
  let held = fixes.nothing_held;
  for (let step = 0; step < 100; step += 1)
    held = fixes.take(held, fix(50 - step / 4, step, step * 20));
  expect(fixes.distanceOf(fix(1), held.fix ?? fix(1))).toBeLessThanOrEqual(100);
  expect(held.offer?.kind).toBe('elsewhere');
});

/**
 * Any walk, any photo, any accuracy: what a form has changes without a person only for a better
 * reading nearby.
 */
test('nothing silent is worse or far, whatever a phone reads', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e6);
  let state = seed;
  const random = () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
  let held = fixes.nothing_held;
  for (let step = 0; step < 5_000; step += 1) {
    const next = fix(1 + random() ** 3 * 800, step, (random() - 0.5) * 4 ** (random() * 6));
    const before = held;
    held = fixes.take(held, next);
    if (before.fix !== null && held.fix !== before.fix) {
      const word = `seed ${seed}, step ${step}`;
      expect(held.fix?.accuracy_m, word).toBeLessThan(before.fix.accuracy_m);
      expect(['exact', 'hand'], word).not.toContain(before.by);
      const reach = Math.max(50, before.fix.accuracy_m + next.accuracy_m);
      expect(fixes.distanceOf(before.fix, next), word).toBeLessThanOrEqual(reach);
    }
    if (random() < 0.01) held = fixes.photoTaken(held, step * 1000);
    if (random() < 0.01) held = fixes.accept(held);
    if (random() < 0.02) held = fixes.nothing_held;
  }
});

test.each([
  [15, 'good'],
  [15.1, 'fair'],
  [50, 'fair'],
  [50.1, 'poor'],
  [500, 'poor'],
] as const)('%d m is %s', (accuracy_m, quality) => {
  expect(fixes.qualityOf(accuracy_m)).toBe(quality);
});

test('where the phone is now: the later reading once it has moved or a minute has passed', () => {
  expect(fixes.betterFix(fix(9), fix(40, 1)).accuracy_m).toBe(9);
  expect(fixes.betterFix(fix(9), fix(20, 30, 1500)).accuracy_m).toBe(20);
  expect(fixes.betterFix(fix(9), fix(40, 61)).accuracy_m).toBe(40);
  expect(fixes.isFresh(fix(9), 60_000)).toBe(true);
  expect(fixes.isFresh(fix(9), 60_001)).toBe(false);
});

test('distances hold over the antimeridian', () => {
  const at = (lon: number) => ({ ...fix(5), lat: 0, lon });
  expect(fixes.distanceOf(at(179.99), at(-179.99))).toBeCloseTo(0.02 * metres_per_degree, 0);
});

test('the age of a fix is not stored with the record', () => {
  expect(fixes.placeOf(fix(9, 5))).not.toHaveProperty('taken_ms');
});
