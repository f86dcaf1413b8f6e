/** Coordinates as people type, paste and read them: degrees, WGS 84. Knows no map and no GPS. */
import type { Location } from '../api/types';
import { count } from '../strings/count';

/** One number as people write it: `-4.5731`, `-4,5731`. */
const number = String.raw`\d{1,3}(?:[.,]\d*)?`;
const sign = '[-+]';
/** North, south, east, west; in Spanish and Portuguese `O` is west, in Portuguese `L` is east. */
const letter = '[NSEWOL]';
const degrees_mark = '[°º]';
const minutes_mark = `['′’]`;
const seconds_mark = `(?:["″”]|'')`;
const sexagesimal = String.raw`(?:\s*${degrees_mark}(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*${minutes_mark}(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*${seconds_mark})?)?)?`;
const coordinate = String.raw`(${letter})?\s*(${sign})?\s*(${number})${sexagesimal}\s*(${letter})?`;
const alone = new RegExp(`^${coordinate}$`, 'i');
/** What stands between two numbers: something that is no part of either. */
const between = [/\s*[;|/]\s*/, /,\s+/, /\s+/, /,/];

interface Angle {
  degrees: number;
  axis: 'lat' | 'lon' | null;
}

/**
 * Reads `-4.5731`, `-4,5731`, `4.5731 S` and `4°34'23"S`; `null` for anything that is not within
 * `limit`.
 */
export function parseDegrees(text: string, limit: 90 | 180): number | null {
  const angle = parseAngle(text);
  if (angle === null || Math.abs(angle.degrees) > limit) return null;
  return angle.axis === null || (angle.axis === 'lat') === (limit === 90) ? angle.degrees : null;
}

/** Both coordinates in one text, as an app or a map copies them; `null` if it holds no pair. */
export function parsePair(text: string): Location | null {
  const plain = plainText(text).replace(/^geo:|^[([]\s*|\s*[)\]]$/gi, '');
  for (const separator of between) {
    const parts = plain.split(separator).filter((part) => part !== '');
    // Blanks may also stand before a letter and between degrees and minutes.
    for (let at = 1; at < parts.length; at += 1) {
      const place = placeOfPair(parts.slice(0, at).join(' '), parts.slice(at).join(' '));
      if (place !== null) return place;
    }
  }
  return null;
}

function placeOfPair(first: string, second: string): Location | null {
  const turned = parseAngle(first)?.axis === 'lon' || parseAngle(second)?.axis === 'lat';
  return turned ? placeByHand(second, first) : placeByHand(first, second);
}

/** Both numbers as a place set by hand, or `null` when either cannot be read. */
export function placeByHand(lat: string, lon: string): Location | null {
  const north = parseDegrees(lat, 90);
  const east = parseDegrees(lon, 180);
  return north === null || east === null ? null : { lat: north, lon: east, source: 'hand' };
}

/** `-4.57312, -73.40122`: about one metre, and accepted by any map. */
export function formatPlace(place: Location): string {
  return `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;
}

/** Whole metres, never zero: no GPS is that good. */
export function formatMetres(metres: number): string {
  return count(Math.max(1, metres));
}

/** `350 m`, `1,6 km`. */
export function formatDistance(metres: number, language: string): string {
  if (metres < 950) return `${count(Math.max(10, Math.round(metres / 10) * 10))} m`;
  const style = { maximumFractionDigits: metres < 10_000 ? 1 : 0, useGrouping: false } as const;
  return `${new Intl.NumberFormat(language, style).format(metres / 1000)} km`;
}

function parseAngle(text: string): Angle | null {
  const found = alone.exec(plainText(text));
  if (found === null) return null;
  const [, before, minus, whole, minutes, seconds, after] = found;
  const side = (before ?? after ?? '').toUpperCase();
  if ((before && after) || (minus && side)) return null;
  const part = (digits: string | undefined) => Number((digits ?? '0').replace(',', '.'));
  if (part(minutes) >= 60 || part(seconds) >= 60) return null;
  // Only the last of degrees, minutes and seconds has a fraction.
  if (minutes !== undefined && /[.,]/.test(whole ?? '')) return null;
  if (seconds !== undefined && /[.,]/.test(minutes ?? '')) return null;
  const size = part(whole) + part(minutes) / 60 + part(seconds) / 3600;
  const south_or_west = minus === '-' || ['S', 'W', 'O'].includes(side);
  const axis = side === '' ? null : 'NS'.includes(side) ? 'lat' : 'lon';
  return { degrees: south_or_west ? -size : size, axis };
}

/** With one kind of hyphen and blank, and nothing that is not seen. */
function plainText(text: string): string {
  const visible = text.replace(/\p{Cf}/gu, '').replace(/[\u2010-\u2015\u2212\uFE63\uFF0D]/g, '-');
  return visible.replace(/\s+/g, ' ').trim();
}
