/** Where and when a photo was taken, and how it is turned, as far as its EXIF says. */
import type { Location } from '../api/types';
import { inTime, read_ms_max } from '../time/limit';
import type { Exif } from './exif';
import type { Shot } from './shot';

/** Of a photo's file; its EXIF stands at the beginning. */
const head_bytes = 256 * 1024;

/** Started with the first photo, and again after one that it could not read in time. */
let reader: Worker | null = null;
/** Photos are read one after another. It never rejects. */
let last: Promise<unknown> = Promise.resolve();

/** What the photo says; nothing if it says nothing, or cannot be read in time. */
export function readExif(photo: Blob): Promise<Exif> {
  const reading = last.then(() => read(photo));
  last = reading;
  return reading;
}

async function read(photo: Blob): Promise<Exif> {
  try {
    const head = await inTime(read_ms_max, photo.slice(0, head_bytes).arrayBuffer());
    return await inTime(read_ms_max, askReader(head));
  } catch {
    reader?.terminate();
    reader = null;
    return {};
  }
}

function askReader(head: ArrayBuffer): Promise<Exif> {
  reader ??= new Worker(new URL('./exif.worker.ts', import.meta.url), { type: 'module' });
  const asked = reader;
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }: MessageEvent<Exif>) => resolve(data);
    asked.onerror = () => reject(new Error('no photo can be read here'));
    asked.postMessage(head, [head]);
  });
}

/** How the picture is to be turned (EXIF 0x0112); 1, upright, where nothing is said. */
export function orientationOf({ Orientation }: Exif): number {
  return isWithin(Orientation, 8) && Orientation >= 1 ? Math.floor(Orientation) : 1;
}

/** Leaves out what makes no sense: cameras write zeros where they know nothing. */
export function shotOf(said: Exif): Shot {
  const taken_at = momentOf(said.DateTimeOriginal, said.OffsetTimeOriginal);
  const place = placeOf(said);
  return {
    ...(taken_at === null ? {} : { taken_at }),
    ...(place === null ? {} : { place }),
    ...(isWord(said.Make) ? { make: said.Make.trim() } : {}),
    ...(isWord(said.Model) ? { model: said.Model.trim() } : {}),
  };
}

/**
 * EXIF writes `2026:11:23 13:15:00` by the camera's clock, and only newer cameras say in which
 * zone: else this phone's.
 */
function momentOf(time: unknown, offset: unknown): string | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(String(time ?? ''));
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const zone = /^([+-]\d\d:\d\d|Z)/.exec(String(offset ?? ''))?.[1] ?? '';
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at.getTime()) || at.getTime() <= 0 ? null : at.toISOString();
}

function placeOf(said: Exif): Location | null {
  const { latitude: lat, longitude: lon } = said;
  if (!isWithin(lat, 90) || !isWithin(lon, 180) || (lat === 0 && lon === 0)) return null;
  const height = isWithin(said.altitude, 20_000) ? said.altitude : null;
  const error = isWithin(said.GPSHPositioningError, 1e6) ? said.GPSHPositioningError : 0;
  return {
    lat,
    lon,
    ...(error > 0 ? { accuracy_m: error } : {}),
    ...(height === null ? {} : { altitude_m: height }),
    source: 'gps',
  };
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
