import { expect, test } from 'vitest';
import { withOwn } from './owncategories';

test('categories of others are listed once, in order, and those with a name of their own are not', () => {
  const list = withOwn([], ['mining', 'Pesca', 'Barbasco', 'Pesca', '']);
  expect(list).toEqual(['Barbasco', 'Pesca']);
  expect(withOwn(list, ['Pesca', 'fire'])).toBe(list);
  expect(
    withOwn(
      [],
      Array.from({ length: 999 }, (_, n) => `own ${n}`),
    ).length,
  ).toBe(200);
});
