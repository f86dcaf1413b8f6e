import { expect, test } from 'vitest';
import { list_top, placeOf, topOf, visibleRows } from './windowing';

test('a long list draws only the rows near the window', () => {
  const { first, end } = visibleRows(5000 * 88, 440, 88, 10_000);
  expect(first).toBeLessThanOrEqual(5000);
  expect(end).toBeGreaterThanOrEqual(5006);
  expect(end - first).toBeLessThan(30);
});

test.each([
  ['no rows', 0, 0],
  ['one row', 1, 1],
  ['a list that became shorter than it was scrolled', 3, 3],
])('%s', (_, count, end) => {
  expect(visibleRows(9999, 440, 88, count)).toEqual({ first: 0, end });
});

test('a bounce above the top is the top', () => {
  expect(visibleRows(-120, 440, 88, 100).first).toBe(0);
});

const keys = Array.from({ length: 10_000 }, (_, at) => `record ${at}`);
const keyAt = (at: number) => keys[at] ?? null;

test('a list that was left is opened where it was, whatever came above meanwhile', () => {
  const place = placeOf(120 + 300 * 88 + 31, 88, 120, keyAt);
  expect(place).toEqual({ key: 'record 300', offset_px: 31 });
  expect(topOf(place, 300, 88, 120)).toBe(120 + 300 * 88 + 31);
  expect(topOf(place, 307, 88, 64)).toBe(64 + 307 * 88 + 31);
});

test('a list whose row is gone, or that was at its top, is opened at its top', () => {
  expect(topOf(placeOf(120 + 300 * 88, 88, 120, keyAt), -1, 88, 120)).toBe(0);
  expect(placeOf(0, 88, 120, keyAt)).toEqual(list_top);
  expect(topOf(placeOf(70, 88, 120, keyAt), -1, 88, 120)).toBe(70);
});
