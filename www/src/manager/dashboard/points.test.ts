import { expect, test } from 'vitest';
import { noPoints, pointsAfter, pointsOf } from './points';
import type { LaptopView } from '../../api/types';

const view = (record: string, location?: { lat: number; lon: number }): LaptopView =>
  ({ record, category: 'fire', ...(location ? { location } : {}) }) as LaptopView;
const changes = (items: LaptopView[], removed: string[] = []) => ({
  items,
  removed,
  changes: 'm',
  more: false,
});
const feature = (record: string): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [-73, -4] },
  properties: { record, category: 'fire', note: 'long' },
});

test('points follow changes, and say from which points they come', () => {
  const first = pointsOf({ type: 'FeatureCollection', features: [feature('a'), feature('b')] });
  expect(first.change).toBeNull();
  const second = pointsAfter(first, changes([view('c', { lat: 1, lon: 2 }), view('a')], ['b']));
  expect([...second.byRecord.keys()].sort()).toEqual(['a', 'c']);
  expect(second.byRecord.get('c')?.geometry).toEqual({ type: 'Point', coordinates: [2, 1] });
  expect(second.byRecord.get('a')?.geometry, 'a place that was taken away').toBeNull();
  expect(second.change?.before).toBe(first.number);
  expect(second.change?.removed).toEqual(['b']);
  expect(new Set([noPoints.number, first.number, second.number]).size).toBe(3);
});
