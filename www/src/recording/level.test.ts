import { afterEach, expect, test, vi } from 'vitest';
import { watchLevel } from './level';

afterEach(() => vi.unstubAllGlobals());

test('a meter that is stopped twice closes once, as a browser demands', () => {
  const close = vi.fn();
  class Context {
    state = 'running';
    createAnalyser = () => ({ fftSize: 0 });
    createMediaStreamSource = () => ({ connect: () => undefined });
    close = () => {
      this.state = 'closed';
      close();
    };
  }
  vi.stubGlobal('AudioContext', Context);
  const stop = watchLevel({} as MediaStream, () => undefined);
  stop();
  stop();
  expect(close).toHaveBeenCalledTimes(1);
});
