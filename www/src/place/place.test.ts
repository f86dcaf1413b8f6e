import { expect, test } from 'vitest';
import {
  formatDistance,
  formatMetres,
  formatPlace,
  parseDegrees,
  parsePair,
  placeByHand,
} from './coordinates';

test.each([
  ['-4.5731', 90, -4.5731],
  ['-4,5731', 90, -4.5731],
  ['−4.5', 90, -4.5],
  ['\u20114.5', 90, -4.5],
  ['\u00a0-4.5\u200b', 90, -4.5],
  ['90', 90, 90],
  ['90.0001', 90, null],
  ['-180', 180, -180],
  ['4.5 S', 90, -4.5],
  ['S 4.5', 90, -4.5],
  ['73.4 O', 180, -73.4],
  ['73.4 O', 90, null],
  ['4.5 S', 180, null],
  ['-4.5 S', 90, null],
  ["4°30'", 90, 4.5],
  ['4°30′36″S', 90, -4.51],
  ["4°61'", 90, null],
  ["4.5°30'", 90, null],
  ['', 90, null],
  ['4°30', 90, null],
  ['1e2', 180, null],
  ['-4.5.7', 90, null],
] as const)('degrees from %j within %d', (text, limit, degrees) => {
  expect(parseDegrees(text, limit)).toBe(degrees);
});

test.each([
  ['-4.57312, -73.40122', -4.57312, -73.40122],
  ['-4.57312,-73.40122', -4.57312, -73.40122],
  ['-4,57312; -73,40122', -4.57312, -73.40122],
  ['-4,57312, -73,40122', -4.57312, -73.40122],
  ['−4.5 −73.4', -4.5, -73.4],
  ['(-4.5, -73.4)', -4.5, -73.4],
  ['geo:-4.5,-73.4', -4.5, -73.4],
  ['4.5731 S | 73.4012 O', -4.5731, -73.4012],
  ['4.5731 S 73.4012 W', -4.5731, -73.4012],
  ['73.4012 O, 4.5731 S', -4.5731, -73.4012],
  ["4°30'36\"S | 73°24'O", -4.51, -73.4],
  ['-4.5731° | -73.4012°', -4.5731, -73.4012],
])('a pair as it is pasted: %j', (text, lat, lon) => {
  const place = parsePair(text);
  expect(place?.lat).toBeCloseTo(lat, 9);
  expect(place?.lon).toBeCloseTo(lon, 9);
  expect(place?.source).toBe('hand');
});

test.each(['-4.5', '', ', ', '-4.5, -73.4, 120', '91, 0', 'casa', '4.5 S, 3.2 N', '-4.5, río'])(
  'no pair: %j',
  (text) => expect(parsePair(text)).toBeNull(),
);

test('a place needs both numbers', () => {
  expect(placeByHand('-4.5', '')).toBeNull();
  expect(placeByHand('-4.5', '-73.4')).toEqual({ lat: -4.5, lon: -73.4, source: 'hand' });
});

test('places, metres and distances as people read them', () => {
  expect(formatPlace({ lat: -4.5, lon: -73.401234, source: 'gps' })).toBe('-4.50000, -73.40123');
  expect(formatMetres(0.3)).toBe('1');
  expect(formatMetres(1234.4)).toBe('1\u202f234');
  expect(formatDistance(351, 'es')).toBe('350 m');
  expect(formatDistance(1630, 'es')).toBe('1,6 km');
  expect(formatDistance(16_300, 'en')).toBe('16 km');
});
