/**
 * Records an audio recording or a video from a stream, part by part, so that what was recorded
 * survives the page.
 *
 * Whoever records holds a lock of the browser's, which goes with the page: a recording that nobody
 * holds was interrupted.
 */
import { video_sound_bits_per_s, limits, part_ms } from './limits';
import type { RecordingKind, RecordingRow } from '../storage/pagedb';
import { joined, keepBegun, keepPart, letGoParts } from './parts';

const types: Record<RecordingKind, string[]> = {
  audio: ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'],
  video: ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
};

export const lockOf = (id: string) => `chasqui.recording.${id}`;

/** Whether this browser can record at all. */
export function canRecord(kind: RecordingKind): boolean {
  return typeof MediaRecorder !== 'undefined' && typeOf(kind) !== undefined;
}

export class Recorder {
  running = $state(false);
  /** Length so far. */
  ms = $state(0);
  #kind: RecordingKind;
  #draftKey: string;
  #recorder: MediaRecorder | null = null;
  #whole: Promise<File | null> = Promise.resolve(null);
  #release: () => void = () => undefined;

  constructor(kind: RecordingKind, draftKey: string) {
    this.#kind = kind;
    this.#draftKey = draftKey;
  }

  /**
   * Begins; the stream stays the caller's. `keep` is called with what was recorded, by whatever it
   * ended: a word, the limit, a microphone that was taken away. Its bytes stay durable here until
   * the promise that it returns resolves.
   */
  start(stream: MediaStream, keep: (whole: Promise<File | null>) => Promise<void>): void {
    const mimeType = typeOf(this.#kind);
    const begun: RecordingRow = {
      id: crypto.randomUUID(),
      draft_key: this.#draftKey,
      kind: this.#kind,
      type: (mimeType ?? '').replace(/;.*/, ''),
      begun_at: new Date().toISOString(),
      ms: 0,
    };
    const recorder = new MediaRecorder(stream, {
      ...(mimeType === undefined ? {} : { mimeType }),
      ...rates(this.#kind),
    });
    this.#hold(begun.id);
    const opened = keepBegun(begun);
    this.#whole = this.#gather(recorder, begun, opened);
    this.#recorder = recorder;
    recorder.start(part_ms);
    this.running = true;
    void keep(this.#whole).then(
      () =>
        letGoParts(begun.id)
          .catch(() => undefined)
          .finally(this.#release),
      this.#release,
    );
  }

  /** Ends the recording; resolves when its last part is durable. */
  async stop(): Promise<void> {
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    await this.#whole.catch(() => null);
  }

  /** Makes durable what there is, as before the page may be put to sleep. */
  flush(): void {
    if (this.#recorder?.state === 'recording') this.#recorder.requestData();
  }

  #gather(
    recorder: MediaRecorder,
    begun: RecordingRow,
    opened: Promise<void>,
  ): Promise<File | null> {
    const from = performance.now();
    const { ms_max } = limits[this.#kind];
    const clock = setInterval(() => {
      this.ms = Math.min(performance.now() - from, ms_max);
      if (this.ms >= ms_max) void this.stop();
    }, 200);
    let parts = 0;
    let writing = opened;
    writing.catch(() => void this.stop());
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      const [now, n] = [{ ...begun, ms: performance.now() - from }, parts++];
      // A part that could not be kept ends the recording: what follows it would not be whole.
      writing = writing.then(() => keepPart(now, n, data));
      writing.catch(() => void this.stop());
    };
    return new Promise((resolve, reject) => {
      const end = () => {
        clearInterval(clock);
        this.running = false;
        this.ms = 0;
        const none = (error: unknown) => {
          // What was kept before is a recording all the same.
          joined(begun).then((file) => (file ? resolve(file) : reject(error)), reject);
        };
        writing.then(() => joined(begun).then(resolve, reject), none);
      };
      recorder.onstop = end;
      recorder.onerror = () => recorder.state === 'inactive' && end();
    });
  }

  #hold(id: string): void {
    const locks = (navigator as Partial<Navigator>).locks;
    const released = new Promise<void>((resolve) => (this.#release = resolve));
    locks?.request(lockOf(id), () => released).catch(() => undefined);
  }
}

function typeOf(kind: RecordingKind): string | undefined {
  return types[kind].find((type) => MediaRecorder.isTypeSupported(type));
}

function rates(kind: RecordingKind): MediaRecorderOptions {
  const { bits_per_s } = limits[kind];
  return kind === 'audio'
    ? { audioBitsPerSecond: bits_per_s }
    : { videoBitsPerSecond: bits_per_s, audioBitsPerSecond: video_sound_bits_per_s };
}
