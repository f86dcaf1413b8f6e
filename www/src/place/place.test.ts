import { expect, test } from 'vitest';
import { formatMetres, formatPlace, parseDegrees, placeByHand } from './coordinates';
import { betterFix, isFresh, placeOf, type Fix } from './fix';

const fix = (accuracy_m: number, taken_ms: number): Fix => ({
  lat: -4.5,
  lon: -73.4,
  accuracy_m,
  source: 'gps',
  taken_ms,
});

test('the more accurate fix is kept', () => {
  expect(betterFix(fix(9, 0), fix(40, 1000)).accuracy_m).toBe(9);
  expect(betterFix(fix(40, 0), fix(9, 1000)).accuracy_m).toBe(9);
});

test('a monitor who walked on is not held at the old place', () => {
  expect(betterFix(fix(9, 0), fix(40, 61_000)).accuracy_m).toBe(40);
});

test('a fix is about this place for a minute', () => {
  expect(isFresh(fix(9, 0), 60_000)).toBe(true);
  expect(isFresh(fix(9, 0), 60_001)).toBe(false);
});

test('the age of a fix is not stored with the record', () => {
  expect(placeOf(fix(9, 5))).not.toHaveProperty('taken_ms');
});

test.each([
  ['-4.5731', 90, -4.5731],
  ['-4,5731', 90, -4.5731],
  ['−4.5', 90, -4.5],
  ['90', 90, 90],
  ['90.0001', 90, null],
  ['-180', 180, -180],
  ['', 90, null],
  ['4°30', 90, null],
  ['1e2', 180, null],
] as const)('degrees from %j', (text, limit, degrees) => {
  expect(parseDegrees(text, limit)).toBe(degrees);
});

test('a place needs both numbers', () => {
  expect(placeByHand('-4.5', '')).toBeNull();
  expect(placeByHand('-4.5', '-73.4')).toEqual({ lat: -4.5, lon: -73.4, source: 'hand' });
});

test('places and metres as people read them', () => {
  expect(formatPlace({ lat: -4.5, lon: -73.401234, source: 'gps' })).toBe('-4.50000, -73.40123');
  expect(formatMetres(0.3)).toBe('1');
  expect(formatMetres(1234.4)).toBe('1\u202f234');
});
