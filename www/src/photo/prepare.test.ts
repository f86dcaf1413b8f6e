import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepared } from './prepare';
import { exifOf } from './exif';
import { orientationOf, shotOf } from './read';
import { ReaderHere } from './readerhere';
import { read_ms_max } from '../time/limit';
import { withShot } from './write';

const photos = { kept: 'scaled', pixels_max: 2048, quality: 85 } as const;
const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]);
const redrawn = new Blob([picture], { type: 'image/jpeg' });
const shot = {
  taken_at: '2026-11-12T14:12:00.000Z',
  place: { lat: -4.5, lon: -73.25, source: 'gps' },
} as const;

const readShot = async (photo: Blob) => shotOf(exifOf(await photo.arrayBuffer()));
const turnOf = async (photo: Blob) => orientationOf(exifOf(await photo.arrayBuffer()));

beforeEach(() => void vi.stubGlobal('Worker', ReaderHere));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser that draws every image as the same few bytes, which say nothing. */
function draws(): void {
  const bitmap = { width: 4000, height: 3000, close: () => undefined };
  vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmap));
  class Canvas {
    getContext() {
      return { fillRect: () => undefined, drawImage: () => undefined };
    }
    convertToBlob() {
      return Promise.resolve(redrawn);
    }
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
}

async function fromGallery(): Promise<File> {
  const said = await withShot(redrawn, { ...shot, make: 'Motorola' }, 6);
  return new File([said], 'río.jpg', { type: 'image/jpeg' });
}

test('a scaled photo still says where and when it was taken, and is upright', async () => {
  draws();
  const made = await prepared(await fromGallery(), photos);
  expect(made.shot).toEqual({ ...shot, make: 'Motorola' });
  expect(await readShot(made.file)).toEqual(made.shot);
  expect(await turnOf(made.file)).toBe(1);
});

test('a photo of the live camera is given the place and time of the shot, and keeps how it is turned', async () => {
  const file = new File([await withShot(redrawn, {}, 6)], 'a.jpg', { type: 'image/jpeg' });
  const made = await prepared(file, { kept: 'original' }, shot);
  expect(await readShot(made.file)).toEqual(shot);
  expect(await turnOf(made.file)).toBe(6);
});

test('an original from the gallery stays the file that it is', async () => {
  const file = await fromGallery();
  const made = await prepared(file, { kept: 'original' });
  expect(made.file).toBe(file);
  expect(made.shot).toMatchObject(shot);
});

test('a picture that can say nothing is kept all the same', async () => {
  const file = new File(['PNG'], 'a.png', { type: 'image/png' });
  expect((await prepared(file, { kept: 'original' }, shot)).file).toBe(file);
  const video = new File(['video'], 'a.mp4', { type: 'video/mp4' });
  expect(await prepared(video, photos)).toEqual({ file: video, shot: {} });
});

test('a photo whose EXIF keeps its reader busy is kept without a place, and the next one is read', async () => {
  vi.useFakeTimers();
  const stuck = { terminated: 0 };
  class StuckReader {
    postMessage = () => undefined;
    terminate = () => void stuck.terminated++;
  }
  vi.resetModules();
  const { prepared: preparedAnew } = await import('./prepare');
  vi.stubGlobal('Worker', StuckReader);
  const file = await fromGallery();
  const made = preparedAnew(file, { kept: 'original' });
  await vi.advanceTimersByTimeAsync(read_ms_max);
  expect(await made).toEqual({ file, shot: {} });
  expect(stuck.terminated).toBe(1);
  vi.stubGlobal('Worker', ReaderHere);
  expect((await preparedAnew(file, { kept: 'original' })).shot).toMatchObject(shot);
});
