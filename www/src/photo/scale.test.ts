import { afterEach, expect, test, vi } from 'vitest';
import { fitted, scaled } from './scale';

const pixels_max = 2048;
const photos = { kept: 'scaled', pixels_max, quality: 85 } as const;

afterEach(() => vi.unstubAllGlobals());

/** A browser that draws every image as so many bytes. */
function drawsAs(bytes: number): void {
  const bitmap = { width: 4000, height: 3000, close: () => undefined };
  vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmap));
  class Canvas {
    getContext() {
      return { fillRect: () => undefined, drawImage: () => undefined };
    }
    convertToBlob({ type }: { type: string }) {
      return Promise.resolve(new Blob(['j'.repeat(bytes)], { type }));
    }
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
}

const photo = (type = 'image/png') => new File(['p'.repeat(100)], 'río.1.png', { type });

test('the longer side is brought to the limit and the proportion stays', () => {
  expect(fitted(4096, 3072, pixels_max)).toEqual({ width: pixels_max, height: 1536 });
  expect(fitted(3072, 4096, pixels_max)).toEqual({ width: 1536, height: pixels_max });
});

test('a photo within the limit keeps its size, and no side vanishes', () => {
  expect(fitted(pixels_max, 10, pixels_max)).toEqual({ width: pixels_max, height: 10 });
  expect(fitted(100_000, 1, pixels_max)).toEqual({ width: pixels_max, height: 1 });
});

test('a photo becomes a smaller JPEG, and is named as one', async () => {
  drawsAs(40);
  const small = await scaled(photo(), photos);
  expect([small.name, small.type, small.size]).toEqual(['río.1.jpg', 'image/jpeg', 40]);
});

test('a photo that would not become smaller stays as it is', async () => {
  drawsAs(100);
  const file = photo();
  expect(await scaled(file, photos)).toBe(file);
});

test('a photo that the browser cannot draw stays as it is', async () => {
  drawsAs(40);
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('broken')));
  const file = photo();
  expect(await scaled(file, photos)).toBe(file);
});

test('what is no photo is left alone', async () => {
  drawsAs(40);
  for (const type of ['image/gif', 'audio/mpeg', 'video/mp4', '']) {
    const file = photo(type);
    expect(await scaled(file, photos)).toBe(file);
  }
});

test('a project that keeps originals gets the file itself', async () => {
  drawsAs(40);
  const file = photo('image/jpeg');
  expect(await scaled(file, { kept: 'original' })).toBe(file);
});
