/** Records as points on a map, and how they change. Nothing is drawn here. */
import type { Changes, LaptopView } from '../../api/types';

export interface Points {
  /** Those without a place are among them. */
  byRecord: ReadonlyMap<string, GeoJSON.Feature>;
  /** Other points have another number. */
  number: number;
  /** How they differ from some before them; `null` where that is not known. */
  change: PointChange | null;
}

export interface PointChange {
  /** The number of those before. */
  before: number;
  set: GeoJSON.Feature[];
  removed: string[];
}

export const noPoints: Points = { byRecord: new Map(), number: 0, change: null };
let last_number = 0;

/** The points of a whole answer. */
export function pointsOf({ features }: GeoJSON.FeatureCollection): Points {
  const byRecord = new Map<string, GeoJSON.Feature>();
  for (const feature of features) {
    const record = recordOf(feature);
    if (record !== null) byRecord.set(record, feature);
  }
  return { byRecord, number: ++last_number, change: null };
}

/**
 * The points after changes. Those before are not to be used any more: their map is taken over, so
 * that the cost is that of the changes.
 */
export function pointsAfter(before: Points, { items, removed }: Changes): Points {
  const byRecord = before.byRecord as Map<string, GeoJSON.Feature>;
  const set = items.map(pointOf);
  for (const record of removed) byRecord.delete(record);
  items.forEach(({ record }, index) => byRecord.set(record, set[index]!));
  const change = { before: before.number, set, removed };
  return { byRecord, number: ++last_number, change };
}

/** The record a feature stands for. */
export function recordOf(feature: GeoJSON.Feature): string | null {
  const record: unknown = feature.properties?.['record'];
  return typeof record === 'string' ? record : null;
}

function pointOf({ record, category, location }: LaptopView): GeoJSON.Feature {
  // GeoJSON allows no place; its types do not.
  const geometry = (
    location ? { type: 'Point', coordinates: [location.lon, location.lat] } : null
  ) as GeoJSON.Geometry;
  return { type: 'Feature', geometry, properties: { record, category } };
}
