import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exifOf, type Exif } from './exif';
import { orientationOf, shotOf } from './read';
import type { Shot } from './shot';
import { withShot } from './write';

/** The start, one segment of a camera's, a scan and the end. */
const picture = [0xff, 0xda, 0x00, 0x02, 1, 2, 3, 0xff, 0xd9];
const comment = [0xff, 0xfe, 0x00, 0x04, 0x68, 0x69];
const jpeg = new Blob([Uint8Array.from([0xff, 0xd8, ...comment, ...picture])]);
const exif = async (blob: Blob): Promise<Exif> => exifOf(await blob.arrayBuffer());
const readShot = async (blob: Blob) => shotOf(await exif(blob));
const bytes = async (blob: Blob) => [...new Uint8Array(await blob.arrayBuffer())];

const shot: Shot = {
  taken_at: '2026-11-23T18:15:07.000Z',
  place: { lat: -4.5731234, lon: -73.4012345, accuracy_m: 6.25, altitude_m: 101.5, source: 'gps' },
  make: 'Motorola',
  model: 'moto e13',
};

test('what is written of a shot is read again, to the second and the centimetre', async () => {
  const read = await readShot(await withShot(jpeg, shot, 1));
  expect({ ...read, place: undefined }).toEqual({ ...shot, place: undefined });
  expect(read.place?.lat).toBeCloseTo(-4.5731234, 7);
  expect(read.place?.lon).toBeCloseTo(-73.4012345, 7);
  expect(read.place).toMatchObject({ accuracy_m: 6.25, altitude_m: 101.5, source: 'gps' });
});

test('a place below the sea and in the north-east keeps its signs', async () => {
  const place = { lat: 31.5, lon: 35.5, altitude_m: -430, source: 'gps' } as const;
  expect(await readShot(await withShot(jpeg, { place }, 1))).toEqual({ place });
});

test('the picture and the other segments stay as they are, and no EXIF stands twice', async () => {
  const once = await withShot(jpeg, shot, 6);
  const twice = await withShot(once, shot, 6);
  expect(await bytes(twice)).toEqual(await bytes(once));
  expect((await bytes(once)).slice(-15)).toEqual([...comment, ...picture]);
  expect(orientationOf(await exif(once))).toBe(6);
});

test('a camera whose name is no ASCII, or endless, does not break the file', async () => {
  const read = await readShot(await withShot(jpeg, { make: 'Cámara', model: 'x'.repeat(500) }, 1));
  expect(read).toEqual({ make: 'C?mara', model: 'x'.repeat(64) });
});

test('what is no JPEG takes no EXIF', async () => {
  await expect(withShot(new Blob(['GIF89a']), shot, 1)).rejects.toThrow('not a JPEG');
  await expect(withShot(new Blob([]), shot, 1)).rejects.toThrow('not a JPEG');
});

test('a file that says nothing is no shot, nor is what is no photo', async () => {
  expect(await readShot(jpeg)).toEqual({});
  expect(await readShot(new Blob(['no photo at all']))).toEqual({});
  expect(await readShot(new Blob([]))).toEqual({});
});

/** EXIF alone, as PNG (`eXIf`), WebP (`EXIF`), HEIC and AVIF (an item of `mdat`) have it. */
async function tiffOf(taken: Shot): Promise<Uint8Array> {
  const whole = Uint8Array.from(await bytes(await withShot(jpeg, taken, 6)));
  const at = whole.findIndex((_, n) =>
    [0x4d, 0x4d, 0, 42].every((byte, k) => whole[n + k] === byte),
  );
  return whole.slice(at);
}

test.each(['eXIf', 'EXIF\x20\x00\x00\x00', '\x00\x00\x00\x06Exif\x00\x00'])(
  'EXIF is found in any container, here after %j',
  async (before) => {
    const tiff = await tiffOf(shot);
    const said = await exif(
      new Blob(['a container II MM ', before, Uint8Array.from(tiff), 'rest']),
    );
    expect(orientationOf(said)).toBe(6);
    expect(shotOf(said).make).toBe('Motorola');
    expect(shotOf(said).place?.lat).toBeCloseTo(-4.5731234, 7);
  },
);

test.each(['S', 'W'])('a place that does not name its hemisphere (%s) is none', async (side) => {
  const whole = Uint8Array.from(await bytes(await withShot(jpeg, shot, 1)));
  const at = whole.findIndex((byte, n) => byte === side.charCodeAt(0) && whole[n + 1] === 0);
  whole[at] = 0;
  const read = await readShot(new Blob([whole]));
  expect(read.place).toBeUndefined();
  expect(read.make).toBe('Motorola');
});

test.each([
  [{ latitude: 0, longitude: 0 }, {}],
  [{ latitude: 91, longitude: 10 }, {}],
  [{ latitude: Number.NaN, longitude: 10 }, {}],
  [{ DateTimeOriginal: '0000:00:00 00:00:00' }, {}],
  [{ DateTimeOriginal: '    :  :     :  :  ' }, {}],
  [{ Make: '  ' }, {}],
  [
    { DateTimeOriginal: '2026:11:23 13:15:07', OffsetTimeOriginal: '-05:00' },
    { taken_at: '2026-11-23T18:15:07.000Z' },
  ],
])('of %j only what makes sense is taken', (read, expected) => {
  expect(shotOf(read)).toEqual(expected);
});

test('a time without a zone is by the clock of this phone', () => {
  const { taken_at } = shotOf({ DateTimeOriginal: '2026:11:23 13:15:07' });
  expect(taken_at).toBe(new Date(2026, 10, 23, 13, 15, 7).toISOString());
});

const damaged = (name: string) =>
  readFileSync(new URL(`../../../tests/fixtures/photos/${name}`, import.meta.url));

test('a HEIC with a box of length zero is read to its end, and says nothing', async () => {
  expect(await readShot(new Blob([damaged('box-of-length-zero.heic')]))).toEqual({});
});

test('a JPEG with any of its bytes damaged is read or refused, and never says nonsense', async () => {
  const whole = await bytes(await withShot(jpeg, shot, 6));
  for (const value of [0x00, 0x7f, 0xff]) {
    for (let at = 0; at < whole.length; at++) {
      const bent = Uint8Array.from(whole);
      bent[at] = value;
      const said: Shot = await readShot(new Blob([bent])).catch(() => ({}));
      expect(Math.abs(said.place?.lat ?? 0)).toBeLessThanOrEqual(90);
      expect(said.taken_at ?? '2026').toMatch(/^\d{4}/);
    }
  }
});

test('a JPEG that is cut off anywhere in its EXIF is read or refused', async () => {
  const whole = await bytes(await withShot(jpeg, shot, 6));
  for (let length = 0; length < whole.length; length++) {
    const cut = new Blob([Uint8Array.from(whole.slice(0, length))]);
    await readShot(cut).catch(() => undefined);
  }
});
