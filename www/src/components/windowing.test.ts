import { expect, test } from 'vitest';
import { visibleRows } from './windowing';

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
