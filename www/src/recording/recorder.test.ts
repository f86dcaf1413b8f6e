import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { limits } from './limits';
import { begunFor } from './parts';
import { Recorder } from './recorder.svelte';

/** A recorder of the browser's that is given its data by hand. */
class Fake {
  static last: Fake;
  static isTypeSupported = (type: string) => type.startsWith('audio/webm');
  state: 'inactive' | 'recording' = 'inactive';
  ondataavailable: (event: { data: Blob }) => void = () => undefined;
  onstop = () => undefined;
  constructor(
    _: unknown,
    readonly options: MediaRecorderOptions,
  ) {
    Fake.last = this;
  }
  static every_ms = 0;
  start(every_ms: number) {
    Fake.every_ms = every_ms;
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    this.hear('end');
    this.onstop();
  }
  hear(text: string) {
    this.ondataavailable({ data: new Blob([text]) });
  }
}

let now = 0;
beforeEach(() => {
  now = 0;
  vi.stubGlobal('MediaRecorder', Fake);
  vi.stubGlobal('navigator', {});
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

const stream = {} as MediaStream;

test('what is stopped is handed over whole, and let go of only once that is kept', async () => {
  let kept!: () => void;
  const keeping = new Promise<void>((resolve) => (kept = resolve));
  const recorder = new Recorder('audio', 'a');
  let whole: Promise<File | null> = Promise.resolve(null);
  recorder.start(stream, (file) => {
    whole = file;
    return keeping;
  });
  expect(Fake.last.options).toMatchObject({ audioBitsPerSecond: limits.audio.bits_per_s });
  Fake.last.hear('one ');
  Fake.last.hear('two ');
  await recorder.stop();
  const file = await whole;
  expect([await file?.text(), file?.type]).toEqual(['one two end', 'audio/webm']);
  expect(recorder.running).toBe(false);
  expect(await begunFor('a')).toHaveLength(1);
  kept();
  await vi.waitFor(async () => expect(await begunFor('a')).toEqual([]));
});

test('what could not be kept as a file stays here', async () => {
  const recorder = new Recorder('audio', 'b');
  recorder.start(stream, (whole) => whole.then(() => Promise.reject(new Error('full'))));
  Fake.last.hear('one ');
  await recorder.stop();
  expect(await begunFor('b')).toHaveLength(1);
});

test('each part is durable with the length up to it, before the end', async () => {
  const recorder = new Recorder('audio', 'c');
  recorder.start(stream, () => new Promise(() => undefined));
  now = 5_000;
  Fake.last.hear('one ');
  await vi.waitFor(async () => expect((await begunFor('c'))[0]?.ms).toBe(5_000));
  expect(recorder.running).toBe(true);
  await recorder.stop();
});

test.each([
  [limits.audio.ms_max - 1, true],
  [limits.audio.ms_max, false],
])('an audio recording of %d ms goes on: %s', async (ms, running) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const recorder = new Recorder('audio', 'd');
  recorder.start(stream, (whole) => whole.then(() => undefined));
  now = ms;
  vi.advanceTimersByTime(1000);
  expect(Fake.last.state).toBe(running ? 'recording' : 'inactive');
  await recorder.stop();
  vi.useRealTimers();
});

test('that a recording began is durable before its first part, and a part comes every second', async () => {
  const recorder = new Recorder('video', 'e');
  recorder.start(stream, () => new Promise(() => undefined));
  expect(Fake.every_ms).toBeLessThanOrEqual(1000);
  await vi.waitFor(async () =>
    expect(await begunFor('e')).toMatchObject([{ kind: 'video', ms: 0 }]),
  );
  await recorder.stop();
});
