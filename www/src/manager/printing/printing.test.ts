import { expect, test } from 'vitest';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { noFilters } from '../api/filters';
import { filterWords } from './printing';

test('the filters are said in words, each once, in the language of the page', () => {
  expect(filterWords(noFilters, en, 'en')).toBe('All observations');
  const filters = {
    category: 'fire',
    text: ' agua ',
    from: '2026-03-01',
    to: '2026-03-31',
    conflicts: true,
    mediaMissing: true,
  };
  expect(filterWords(filters, en, 'en')).toBe(
    'category “\u2068Fire or burning\u2069”, with “\u2068agua\u2069”, from March 1, 2026, to March 31, 2026, only with conflicts, only with missing photos',
  );
  expect(filterWords(filters, es, 'es')).toContain('desde 1 de marzo de 2026');
});
