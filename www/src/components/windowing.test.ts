import { expect, test } from 'vitest';
import {
  heightOf,
  heightOfRow,
  type Layout,
  list_top,
  placeOf,
  rowAt,
  startsOf,
  topOf,
  topOfRow,
  visibleRows,
} from './windowing';

const of = (count: number, starts: number[] = []): Layout => ({
  count,
  row_px: 88,
  starts,
  section_px: 32,
});

test('a long list draws only the rows near the window', () => {
  const { first, end } = visibleRows(5000 * 88, 440, of(10_000));
  expect(first).toBeLessThanOrEqual(5000);
  expect(end).toBeGreaterThanOrEqual(5006);
  expect(end - first).toBeLessThan(30);
});

test.each([
  ['no rows', 0, 0],
  ['one row', 1, 1],
  ['a list that became shorter than it was scrolled', 3, 3],
])('%s', (_, count, end) => {
  expect(visibleRows(9999, 440, of(count))).toEqual({ first: 0, end });
});

test('a bounce above the top is the top', () => {
  expect(visibleRows(-120, 440, of(100, [0, 50])).first).toBe(0);
});

test('each row stands below the one before, and is found at each of its pixels', () => {
  for (const starts of [[], [0], [0, 1, 2, 3, 4, 5, 6], [0, 3, 4], [2, 6]]) {
    const layout = of(7, starts);
    let top = 0;
    for (let at = 0; at < 7; at += 1) {
      const height = heightOfRow(layout, at);
      expect(height).toBe(88 + (starts.includes(at) ? 32 : 0));
      expect(topOfRow(layout, at)).toBe(top);
      for (const into of [0, 31, 32, height - 1]) expect(rowAt(layout, top + into)).toBe(at);
      top += height;
    }
    expect(heightOf(layout)).toBe(top);
    expect(rowAt(layout, -1)).toBe(-1);
    expect(rowAt(layout, top)).toBe(7);
  }
});

test('a section begins where it differs from the row above', () => {
  expect(startsOf(['a', 'a', 'b', 'a', 'c', 'c'], (item) => item)).toEqual([0, 2, 3, 4]);
  expect(startsOf([], String)).toEqual([]);
});

const keys = Array.from({ length: 10_000 }, (_, at) => `record ${at}`);
const keyAt = (at: number) => keys[at] ?? null;

test('a list that was left is opened where it was, whatever came above meanwhile', () => {
  const before = of(10_000, [0, 10, 200]);
  const place = placeOf(120 + topOfRow(before, 300) + 31, before, 120, keyAt);
  expect(place).toEqual({ key: 'record 300', offset_px: 31 });
  expect(topOf(place, 300, before, 120)).toBe(120 + topOfRow(before, 300) + 31);
  const after = of(10_007, [0, 5, 17, 207]);
  expect(topOf(place, 307, after, 64)).toBe(64 + topOfRow(after, 307) + 31);
});

test('a list whose row is gone, or that was at its top, is opened at its top', () => {
  const layout = of(10_000, [0]);
  expect(topOf(placeOf(120 + 300 * 88, layout, 120, keyAt), -1, layout, 120)).toBe(0);
  expect(placeOf(0, layout, 120, keyAt)).toEqual(list_top);
  expect(topOf(placeOf(70, layout, 120, keyAt), -1, layout, 120)).toBe(70);
});
