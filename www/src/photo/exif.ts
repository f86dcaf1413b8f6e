/** Reads out of a photo's EXIF what it says of itself. Pure: bytes in, values out. */
import { load } from 'exifreader';

/** What a photo says, in the words of EXIF; the place in degrees, the altitude below the sea negative. */
export interface Exif {
  Orientation?: unknown;
  Make?: unknown;
  Model?: unknown;
  DateTimeOriginal?: unknown;
  OffsetTimeOriginal?: unknown;
  GPSHPositioningError?: unknown;
  latitude?: unknown;
  longitude?: unknown;
  altitude?: unknown;
}

const tags = [
  'Orientation',
  'Make',
  'Model',
  'DateTimeOriginal',
  'OffsetTimeOriginal',
  'GPSHPositioningError',
] as const;

/** `head` is the beginning of the file. Throws for what is no photo, or a damaged one. */
export function exifOf(head: ArrayBuffer): Exif {
  const { exif, gps } = load(head, { expanded: true, computed: true });
  const said: Exif = {};
  for (const tag of tags) said[tag] = exif?.[tag]?.computed;
  return {
    ...said,
    latitude: gps?.Latitude,
    longitude: gps?.Longitude,
    altitude: gps?.Altitude,
  };
}
