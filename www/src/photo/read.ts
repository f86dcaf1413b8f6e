/** Reads out of a photo's EXIF where and when it was taken. Loaded only when there is a photo to read. */
import { parse } from 'exifr/dist/lite.esm.mjs';
import type { Location } from '../api/types';
import { inTime, read_ms_max } from '../time/limit';
import type { Shot } from './shot';

/** Of a photo's file; its EXIF stands at the beginning. */
const head_bytes = 256 * 1024;
/** Text as it stands, numbers as they are. */
const options = { exif: true, gps: true, reviveValues: false, translateValues: false };

/** What a photo says, in the words of EXIF; the place in degrees. */
export interface Read {
  Orientation?: unknown;
  Make?: unknown;
  Model?: unknown;
  DateTimeOriginal?: unknown;
  OffsetTimeOriginal?: unknown;
  latitude?: unknown;
  longitude?: unknown;
  GPSAltitude?: unknown;
  GPSAltitudeRef?: unknown;
  GPSHPositioningError?: unknown;
}

/** What the photo says; nothing if it says nothing or cannot be read. */
export async function readShot(photo: Blob): Promise<Shot> {
  try {
    return shotOf(await read(photo));
  } catch {
    return {};
  }
}

/** How the picture is to be turned (EXIF 0x0112); 1, upright, where nothing is said. */
export async function orientationOf(photo: Blob): Promise<number> {
  try {
    const { Orientation } = await read(photo);
    return isWithin(Orientation, 8) && Orientation >= 1 ? Math.floor(Orientation) : 1;
  } catch {
    return 1;
  }
}

async function read(photo: Blob): Promise<Read> {
  const head = await inTime(read_ms_max, photo.slice(0, head_bytes).arrayBuffer());
  return ((await parse(head, options)) as Read | undefined) ?? {};
}

/** Leaves out what makes no sense: cameras write zeros where they know nothing. */
export function shotOf(said: Read): Shot {
  const taken_at = momentOf(said.DateTimeOriginal, said.OffsetTimeOriginal);
  const place = placeOf(said);
  return {
    ...(taken_at === null ? {} : { taken_at }),
    ...(place === null ? {} : { place }),
    ...(isWord(said.Make) ? { make: said.Make.trim() } : {}),
    ...(isWord(said.Model) ? { model: said.Model.trim() } : {}),
  };
}

/** EXIF writes `2026:11:23 13:15:00` by the camera's clock, and only newer cameras say in which zone: else this phone's. */
function momentOf(time: unknown, offset: unknown): string | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(String(time ?? ''));
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const zone = /^([+-]\d\d:\d\d|Z)/.exec(String(offset ?? ''))?.[1] ?? '';
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at.getTime()) || at.getTime() <= 0 ? null : at.toISOString();
}

function placeOf(said: Read): Location | null {
  const { latitude: lat, longitude: lon } = said;
  if (!isWithin(lat, 90) || !isWithin(lon, 180) || (lat === 0 && lon === 0)) return null;
  const height = isWithin(said.GPSAltitude, 20_000) ? said.GPSAltitude : null;
  const error = isWithin(said.GPSHPositioningError, 1e6) ? said.GPSHPositioningError : 0;
  return {
    lat,
    lon,
    ...(error > 0 ? { accuracy_m: error } : {}),
    ...(height === null ? {} : { altitude_m: isBelowSea(said.GPSAltitudeRef) ? -height : height }),
    source: 'gps',
  };
}

/** One byte, which comes as a number or as an array of one. */
function isBelowSea(reference: unknown): boolean {
  return Number(reference instanceof Uint8Array ? reference[0] : reference) === 1;
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
