import { expect, test } from 'vitest';
import { es } from '../strings/es';
import { placeText } from './fieldvalue';

test('a place says what it is worth', () => {
  const at = { lat: -4.5, lon: -73.4 };
  expect(placeText({ ...at, accuracy_m: 12, source: 'gps' }, es)).toBe(
    '-4.50000, -73.40000, ± 12 m',
  );
  expect(placeText({ ...at, source: 'hand' }, es)).toBe('-4.50000, -73.40000, puesto a mano');
  expect(placeText({ ...at, source: 'import' }, es)).toBe('-4.50000, -73.40000');
});
