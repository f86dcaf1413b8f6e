import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepared } from '../photo/prepare';
import { draw_ms_max, inTime, read_ms_max } from './limit';

const never = () => new Promise<never>(() => undefined);

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what is waited for', () => {
  it('fails after its limit, and may be tried again', async () => {
    const told = inTime(100, never()).catch((problem: unknown) => problem);
    await vi.advanceTimersByTimeAsync(100);
    await expect(told).resolves.toMatchObject({ code: 'storage_slow', retryable: true });
  });

  it('leaves no timer behind when it comes, or fails', async () => {
    await expect(inTime(100, Promise.resolve(7))).resolves.toBe(7);
    await expect(inTime(100, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a photo', () => {
  /** A picture whose bytes the browser never gives out. */
  class Mute extends File {
    override slice(): Blob {
      return Object.assign(new Blob([]), { arrayBuffer: never });
    }
  }

  it('that can neither be read nor drawn is kept as it is, and not waited for', async () => {
    vi.stubGlobal('createImageBitmap', never);
    const photo = new Mute(['picture'], 'a.jpg', { type: 'image/jpeg' });
    const scaled = { kept: 'scaled', pixels_max: 100, quality: 80 } as const;
    const live = { taken_at: '2026-11-27T12:00:00Z' };
    let kept: File | undefined;
    void prepared(photo, scaled, live).then(({ file }) => (kept = file));
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(read_ms_max);
    await vi.advanceTimersByTimeAsync(draw_ms_max);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(2 * read_ms_max);
    expect(kept).toBe(photo);
  });
});
