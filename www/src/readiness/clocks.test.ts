import { expect, test } from 'vitest';
import { clocksAgree } from './clocks';

const clocks = { phone: '2021-01-03T12:00:00Z', laptop: '2026-11-27T12:00:00Z', is_now: true };

test('clocks agree once a laptop was there and nothing was wrong with them', () => {
  expect(clocksAgree(null, null)).toBeNull();
  expect(clocksAgree({ phase: 'looking' }, null)).toBeNull();
  expect(clocksAgree({ phase: 'away' }, null)).toBeNull();
  expect(clocksAgree({ phase: 'synced' }, null)).toBe(true);
  expect(clocksAgree({ phase: 'synced', clocks }, 'yes')).toBe(false);
});

test('far from the laptop what was found near it holds, unless the clock went back since', () => {
  expect(clocksAgree({ phase: 'away' }, 'yes')).toBe(true);
  expect(clocksAgree({ phase: 'away' }, 'no')).toBe(false);
  expect(clocksAgree({ phase: 'away', clocks: { ...clocks, is_now: false } }, 'yes')).toBe(false);
});
