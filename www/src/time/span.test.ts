import { expect, test } from 'vitest';
import { lengthText, span } from './span';

test.each([
  [29_000, 'es', '0 minutos'],
  [3 * 3_600_000, 'es', '3 horas'],
  [86_400_000, 'pt', '1 dia'],
  [800 * 86_400_000, 'en', '2 years'],
] as const)('a span of %d ms in %s', (ms, language, text) => {
  expect(span(ms, language)).toBe(text);
});

test.each([
  [0, '0:00'],
  [65_900, '1:05'],
  [3_600_000, '1:00:00'],
])('a recording of %d ms', (ms, text) => {
  expect(lengthText(ms)).toBe(text);
});
