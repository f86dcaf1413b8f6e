import { expect, test } from 'vitest';
import type { PhoneView } from '../../api/types';
import { listedDay } from './listedday';

const view = (given: Partial<PhoneView>) => given as PhoneView;

test('a record stands under the day on which it was seen, by the clock of those who were there', () => {
  const seen = { is_ahead: false, listed_ms: 0 };
  expect(listedDay(view({ ...seen, observed_at: '2026-03-01' }))).toBe('2026-03-01');
  expect(listedDay(view({ ...seen, observed_at: '2026-03-01T23:30:00-05:00' }))).toBe('2026-03-01');
  expect(listedDay(view({ ...seen, observed_at: '2026-03-01T00:30:00+09:00' }))).toBe('2026-03-01');
});

test('a day that has not come yet heads no part of the list', () => {
  const listed_ms = new Date(2026, 2, 1, 12).getTime();
  const ahead = view({ is_ahead: true, observed_at: '2035-12-31', listed_ms });
  expect([listedDay(ahead), listedDay(ahead)]).toEqual(['2026-03-01', '2026-03-01']);
});
