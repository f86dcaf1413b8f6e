import { expect, test } from 'vitest';
import { excerpt } from './excerpt';

test('a short note is whole, a long one ends in an ellipsis, and no letter is cut in two', () => {
  expect(excerpt('agua negra')).toBe('agua negra');
  expect(excerpt('á'.repeat(160))).toBe('á'.repeat(160));
  expect(excerpt('á'.repeat(161))).toBe(`${'á'.repeat(160)}…`);
  expect(excerpt('🐟'.repeat(16_000))).toBe(`${'🐟'.repeat(160)}…`);
});
