/** Coordinates as people type and read them: decimal degrees, WGS 84. Knows no map and no GPS. */
import type { Place } from '../engine/api';
import { count } from '../strings/count';

/** Reads `-4.5731` and `-4,5731`; `null` for anything that is not a number within `limit`. */
export function parseDegrees(text: string, limit: 90 | 180): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  if (!/^[+-]?\d{1,3}(\.\d*)?$/.test(plain)) return null;
  const degrees = Number(plain);
  return Math.abs(degrees) <= limit ? degrees : null;
}

/** Both numbers as a place set by hand, or `null` when either cannot be read. */
export function placeByHand(lat: string, lon: string): Place | null {
  const north = parseDegrees(lat, 90);
  const east = parseDegrees(lon, 180);
  return north === null || east === null ? null : { lat: north, lon: east, source: 'hand' };
}

/** `-4.57312, -73.40122`: about one metre, and accepted by any map. */
export function formatPlace(place: Place): string {
  return `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;
}

/** Whole metres, never zero: no GPS is that good. */
export function formatMetres(metres: number): string {
  return count(Math.max(1, metres));
}
