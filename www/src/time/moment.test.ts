import { expect, test } from 'vitest';
import { shortMoment } from './moment';

test('what is no time is shown as it is', () => {
  expect(shortMoment('ayer', 'es')).toBe('ayer');
});

test('the day before is called by its name in every language, also across a month', () => {
  const now = new Date(2026, 2, 1, 9, 0);
  const at = new Date(2026, 1, 28, 14, 32).toISOString();
  const told = ['es', 'pt', 'en'].map((language) => shortMoment(at, language, now));
  expect(told).toEqual(['ayer, 14:32', 'ontem, 14:32', 'yesterday, 14:32']);
});

test('a day of this year is short in every language', () => {
  const now = new Date(2026, 2, 20, 20, 0);
  const at = new Date(2026, 2, 3, 14, 32).toISOString();
  const told = ['es', 'pt', 'en'].map((language) => shortMoment(at, language, now));
  expect(told).toEqual(['3 mar, 14:32', '3 mar, 14:32', 'Mar 3, 14:32']);
});

test('today needs no date, another year needs all of it', () => {
  const now = new Date(2026, 2, 1, 20, 0);
  expect(shortMoment(new Date(2026, 2, 1, 14, 32).toISOString(), 'es', now)).toBe('14:32');
  expect(shortMoment(new Date(2019, 2, 1, 14, 32).toISOString(), 'es', now)).toContain('2019');
});
