import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../strings/en';
import { es } from '../strings/es';
import { pt } from '../strings/pt';

/** Controls that the land map does not have. */
const absent = /^(FullscreenControl|GeolocateControl|LogoControl|GlobeControl|TerrainControl)\./;
const unused = [
  'AttributionControl.MapFeedback',
  'NavigationControl.ResetBearing',
  'ScaleControl.Feet',
  'ScaleControl.Miles',
  'ScaleControl.NauticalMiles',
];

test('everything that the map can say is said in each language', () => {
  const source = readFileSync('node_modules/maplibre-gl/src/ui/default_locale.ts', 'utf8');
  const all = [...source.matchAll(/'(\w+\.\w+)': '/g)].map(([, key]) => key!);
  const needed = all.filter((key) => !absent.test(key) && !unused.includes(key));
  expect(needed.length).toBeGreaterThan(8);
  for (const words of [es, pt, en]) {
    expect(Object.keys(words.map).sort()).toEqual([...needed].sort());
  }
  for (const key of [
    'Map.Title',
    'NavigationControl.ZoomIn',
    'CooperativeGesturesHandler.MobileHelpText',
  ] as const) {
    expect(es.map[key]).not.toBe(en.map[key]);
    expect(pt.map[key]).not.toBe(en.map[key]);
  }
});
