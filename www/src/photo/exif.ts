/** Reads out of a photo's EXIF what it says of itself. Pure: bytes in, values out. */
import { Buffer } from 'buffer';
import readTags from 'exif-reader';

/**
 * What a photo says, in the words of EXIF; the place in degrees, the altitude below the sea
 * negative.
 */
export interface Exif {
  Orientation?: unknown;
  Make?: unknown;
  Model?: unknown;
  /** `2026:11:23 13:15:07`, by the camera's clock. */
  DateTimeOriginal?: unknown;
  OffsetTimeOriginal?: unknown;
  GPSHPositioningError?: unknown;
  latitude?: unknown;
  longitude?: unknown;
  altitude?: unknown;
}

/**
 * `head` is the beginning of a JPEG, HEIC, AVIF, PNG or WebP file. Nothing where no EXIF begins in
 * it. Throws for EXIF that is damaged.
 */
export function exifOf(head: ArrayBuffer): Exif {
  const at = headerIn(new DataView(head));
  if (at === null) return {};
  const { Image, Photo, GPSInfo } = readTags(Buffer.from(head, at));
  return {
    Orientation: Image?.Orientation,
    Make: Image?.Make,
    Model: Image?.Model,
    DateTimeOriginal: written(Photo?.DateTimeOriginal),
    OffsetTimeOriginal: Photo?.OffsetTimeOriginal,
    GPSHPositioningError: GPSInfo?.GPSHPositioningError,
    latitude: degrees(GPSInfo?.GPSLatitude, GPSInfo?.GPSLatitudeRef, 'N', 'S'),
    longitude: degrees(GPSInfo?.GPSLongitude, GPSInfo?.GPSLongitudeRef, 'E', 'W'),
    altitude: metres(GPSInfo?.GPSAltitude, GPSInfo?.GPSAltitudeRef),
  };
}

/**
 * Where EXIF begins. Every container has it as a TIFF file (EXIF 3.0, §4.5.2), whose header is the
 * byte order, 42 and the place of the first tags; that place is near, so its upper half is zero.
 */
function headerIn(head: DataView): number | null {
  for (let at = 0; at + 8 <= head.byteLength; at++) {
    const order = head.getUint16(at);
    if (order !== 0x4949 && order !== 0x4d4d) continue;
    const little = order === 0x4949;
    const near = head.getUint32(at + 4, little) < 0x1_0000;
    if (head.getUint16(at + 2, little) === 42 && near) return at;
  }
  return null;
}

/** The reader makes an instant of a time without a zone, as if it were UTC's. */
function written(time: unknown): string | undefined {
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) return undefined;
  return time.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}

/** A place without its hemisphere could be either side: it is not taken. */
function degrees(parts: unknown, side: unknown, plus: string, minus: string): number | undefined {
  const sign = side === plus ? 1 : side === minus ? -1 : Number.NaN;
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [whole, minutes, seconds] = parts.map(Number) as [number, number, number];
  return sign * (whole + minutes / 60 + seconds / 3600);
}

function metres(height: unknown, side: unknown): number | undefined {
  if (typeof height !== 'number') return undefined;
  return side === 1 ? -height : height;
}
