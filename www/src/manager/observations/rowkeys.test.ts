import { expect, test } from 'vitest';
import { rowAfter } from './rowkeys';

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 4, 5],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 2, 8],
  ['PageDown', 8, 9],
  ['PageUp', 3, 0],
  ['End', 3, 9],
  ['Home', 3, 0],
])('%s from row %d goes to row %d of ten', (key, from, to) => {
  expect(rowAfter(key, from, 10, 6)).toBe(to);
});

test('other keys and an empty table move nothing', () => {
  expect(rowAfter('a', 3, 10, 6)).toBeNull();
  expect(rowAfter('End', -1, 0, 6)).toBeNull();
});
