import type { PairingItem } from '../../api/types';
import { expect, test } from 'vitest';
import { minutes, newcomer } from './pairing';

const rosa: PairingItem = {
  device: 'aa',
  name: 'Rosa',
  role: 'monitor',
  paired_at: '2026-03-01T10:00:00Z',
  aside: false,
};
const luis: PairingItem = { ...rosa, device: 'bb', name: 'Luis' };

test('whoever was not in the list before is the newcomer', () => {
  expect(newcomer([rosa], [luis, rosa])).toBe(luis);
  expect(newcomer([], [rosa])).toBe(rosa);
});

test('a phone that is let in again is a newcomer too', () => {
  const again = { ...rosa, paired_at: '2026-03-02T10:00:00Z' };
  expect(newcomer([rosa, luis], [again, luis])).toBe(again);
});

test('another name, role or time of being seen makes no newcomer', () => {
  const changed: PairingItem = {
    ...rosa,
    name: 'Rosa M.',
    role: 'manager',
    seen_at: rosa.paired_at,
  };
  expect(newcomer([rosa], [changed])).toBeNull();
});

test.each([
  [600_020, '10:00'],
  [599_999, '9:59'],
  [65_000, '1:05'],
  [999, '0:00'],
  [0, '0:00'],
  [-5_000, '0:00'],
])('%d ms are %s', (ms, shown) => expect(minutes(ms)).toBe(shown));
