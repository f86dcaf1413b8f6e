import { expect, test } from 'vitest';
import { sizeText } from './size';

test.each([
  [0, 'es', '0 kB'],
  [1, 'es', '1 kB'],
  [340_400, 'en', '341 kB'],
  [1_440_000, 'es', '1,4 MB'],
  [12_345_678, 'en', '12 MB'],
  [2_000_000_000, 'pt', '2 GB'],
] as const)('%d bytes in %s', (bytes, language, text) => {
  expect(sizeText(bytes, language).replace(/\s/g, ' ')).toBe(text);
});
