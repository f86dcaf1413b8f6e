/** Writes into a JPEG where and when it was taken. */
import type { Location } from '../api/types';
import { withExif } from './jpeg';
import type { Shot } from './shot';
import { tiff, type Directory, type Value } from './tiff';

/** The longest text of a camera's that is written. */
const text_max = 64;

/**
 * The same picture with this EXIF in place of its own. `orientation` is how the picture is to be
 * turned (EXIF 0x0112): 1 for one that is upright. Rejects for what is no JPEG.
 */
export function withShot(jpeg: Blob, shot: Shot, orientation: number): Promise<Blob> {
  return withExif(jpeg, tiff(directoryOf(shot, orientation)));
}

function directoryOf({ taken_at, place, make, model }: Shot, orientation: number): Directory {
  const image: Directory = new Map([[0x0112, short(orientation)]]);
  const exif: Directory = new Map();
  if (make !== undefined) image.set(0x010f, ascii(make));
  if (model !== undefined) image.set(0x0110, ascii(model));
  if (taken_at !== undefined) {
    const { time, offset } = localTime(new Date(taken_at));
    image.set(0x0132, ascii(time));
    for (const tag of [0x9003, 0x9004]) exif.set(tag, ascii(time));
    for (const tag of [0x9010, 0x9011, 0x9012]) exif.set(tag, ascii(offset));
  }
  if (exif.size > 0) image.set(0x8769, exif);
  if (place !== undefined) image.set(0x8825, gpsOf(place));
  return image;
}

function gpsOf({ lat, lon, altitude_m, accuracy_m }: Location): Directory {
  const gps: Directory = new Map([
    [0x00, { type: 'byte', numbers: [2, 3, 0, 0] }],
    [0x01, ascii(lat < 0 ? 'S' : 'N')],
    [0x02, degrees(lat)],
    [0x03, ascii(lon < 0 ? 'W' : 'E')],
    [0x04, degrees(lon)],
    [0x12, ascii('WGS-84')],
  ]);
  if (altitude_m !== undefined) {
    gps.set(0x05, { type: 'byte', numbers: [altitude_m < 0 ? 1 : 0] });
    gps.set(0x06, rational(Math.abs(altitude_m)));
  }
  if (accuracy_m !== undefined) gps.set(0x1f, rational(accuracy_m));
  return gps;
}

/** Degrees, minutes and seconds; the last to 3 mm on the ground. */
function degrees(value: number): Value {
  const seconds = Math.round(Math.abs(value) * 36_000_000) / 10_000;
  return rational(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60);
}

/** By this phone's clock, and how far that is from UTC. */
function localTime(at: Date): { time: string; offset: string } {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join(':');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const east = -at.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60];
  const offset = `${east < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
  return { time: `${day} ${clock}`, offset };
}

const ascii = (text: string): Value => ({ type: 'ascii', text: text.slice(0, text_max) });
const short = (number: number): Value => ({ type: 'short', numbers: [number] });
const rational = (...numbers: number[]): Value => ({ type: 'rational', numbers });
