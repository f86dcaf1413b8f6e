import { afterEach, expect, test, vi } from 'vitest';
import { ScreenLock } from './screenlock';

afterEach(() => vi.unstubAllGlobals());

function phone() {
  const lit = new Set<{ release(): Promise<void> }>();
  const request = async () => {
    const sentinel = {
      released: false,
      release: async () => {
        sentinel.released = true;
        lit.delete(sentinel);
      },
    };
    lit.add(sentinel);
    return sentinel;
  };
  vi.stubGlobal('navigator', { wakeLock: { request } });
  return lit;
}

test('the screen stays lit until it is let go, however often it was asked for', async () => {
  const lit = phone();
  const screen = new ScreenLock();
  await Promise.all([screen.hold(), screen.hold()]);
  await screen.hold();
  expect(lit.size).toBe(1);
  screen.release();
  expect(lit.size).toBe(0);
});

test('a sync that ended before the phone agreed leaves nothing lit', async () => {
  const lit = phone();
  const screen = new ScreenLock();
  const holding = screen.hold();
  screen.release();
  await holding;
  expect(lit.size).toBe(0);
  await screen.hold();
  expect(lit.size).toBe(1);
});

test('a screen that went dark with the page is lit again', async () => {
  const lit = phone();
  const screen = new ScreenLock();
  await screen.hold();
  for (const sentinel of lit) await sentinel.release();
  await screen.hold();
  expect(lit.size).toBe(1);
});

test('a phone that refuses goes on', async () => {
  vi.stubGlobal('navigator', {});
  await expect(new ScreenLock().hold()).resolves.toBeUndefined();
});
