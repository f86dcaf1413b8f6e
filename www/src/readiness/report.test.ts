import type { Readiness } from '../api/types';
import { expect, test } from 'vitest';
import { checks, missingOf, verdictOf } from './report';

const ready: Readiness = {
  app_kept: 'yes',
  storage_persistent: 'yes',
  map_kept: 'yes',
  gps_allowed: 'yes',
  camera_allowed: 'yes',
  clock_right: 'yes',
  space_enough: 'yes',
  checked_at: '2026-11-01T10:00:00Z',
};

test('a phone is ready only if every check is yes', () => {
  expect(verdictOf(ready)).toBe('ready');
  for (const name of checks) {
    for (const check of ['no', 'unknown'] as const) {
      expect(verdictOf({ ...ready, [name]: check })).not.toBe('ready');
      expect(missingOf({ ...ready, [name]: check })).toEqual([name]);
    }
  }
});

test('an app that does not open without the laptop is named before everything else', () => {
  expect(verdictOf({ ...ready, app_kept: 'no', gps_allowed: 'unknown' })).toBe('not_kept');
  expect(verdictOf({ ...ready, storage_persistent: 'no' })).toBe('unfinished');
  expect(verdictOf({ ...ready, app_kept: 'unknown' })).toBe('unfinished');
});
