import { expect, test } from 'vitest';
import { type Findings, free_bytes_min, judge } from './judge';
import { checks, missingOf } from './report';

const all = { shell: 30, shell_total: 30, map: 4, map_total: 4 };
const good: Findings = {
  shell: 'running',
  stored: all,
  persistent: true,
  gps: 'granted',
  camera: 'granted',
  clocks_agree: true,
  free_bytes: 3.2e9,
};
const at = '2026-11-01T10:00:00Z';

test('a phone of which everything was found is ready', () => {
  expect(missingOf(judge(good, at))).toEqual([]);
});

test('nothing is said to be so before the browser answered', () => {
  const nothing: Findings = {
    shell: null,
    stored: null,
    persistent: null,
    gps: null,
    camera: null,
    clocks_agree: null,
    free_bytes: null,
  };
  expect(missingOf(judge(nothing, at))).toEqual([...checks]);
});

test.each<[string, Partial<Findings>, string, string]>([
  ['a refused service worker', { shell: 'failed', stored: null }, 'app_kept', 'no'],
  ['an insecure address', { shell: 'none', stored: null }, 'app_kept', 'no'],
  ['a service worker at work', { stored: null }, 'app_kept', 'unknown'],
  ['one file of the app missing', { stored: { ...all, shell: 29 } }, 'app_kept', 'no'],
  ['an app without files', { stored: { ...all, shell: 0, shell_total: 0 } }, 'app_kept', 'no'],
  ['no promise of the browser', { persistent: false }, 'storage_persistent', 'no'],
  ['one file of the map missing', { stored: { ...all, map: 3 } }, 'map_kept', 'no'],
  ['a refused GPS', { gps: 'denied' }, 'gps_allowed', 'no'],
  ['a GPS that was not asked for', { gps: 'prompt' }, 'gps_allowed', 'unknown'],
  ['a refused camera', { camera: 'denied' }, 'camera_allowed', 'no'],
  ['clocks that differ', { clocks_agree: false }, 'clock_right', 'no'],
  ['clocks that were not compared', { clocks_agree: null }, 'clock_right', 'unknown'],
  ['little space', { free_bytes: free_bytes_min - 1 }, 'space_enough', 'no'],
])('%s is told, and spoils nothing else', (_, change, name, expected) => {
  const readiness = judge({ ...good, ...change }, at);
  expect(readiness[name as 'app_kept']).toBe(expected);
  // Where nothing is stored, the map is not either.
  const spoiled = change.stored === null ? ['app_kept', 'map_kept'] : [name];
  expect(missingOf(readiness)).toEqual(spoiled);
});
