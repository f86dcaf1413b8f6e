/**
 * The photos, audio and videos of one form. Each is durable in the engine as soon as it is listed
 * here, so that neither a killed page nor a dead battery loses it before the record is saved.
 */
import { toProblem } from '../../components/problem';
import type { Draft, MediaRef, PhoneView } from '../../api/types';
import type { Problem } from '../../engine/problem';
import { prepared } from '../../photo/prepare';
import type { Shot } from '../../photo/shot';
import { recover } from '../../recording/interrupted';
import type { RecordingKind, RecordingRow } from '../../storage/pagedb';
import { Recorder } from '../../recording/recorder.svelte';
import type { Unfinished } from '../drafts/draft';
import { engine } from '../../engine/client';
import { ScreenLock } from '../records/screenlock';

export class FormFiles {
  shown = $state.raw<MediaRef[]>([]);
  /** Files that were picked or recorded and are not kept yet. */
  busy = $state(0);
  /** Why the last one was not kept. */
  problem = $state.raw<Problem | null>(null);
  /**
   * Recordings that were interrupted the last time. Those that are not among the files shown now
   * are `lost`.
   */
  interrupted = $state.raw<(RecordingRow & { lost: boolean })[]>([]);
  /** Where and when the last photo that was picked says that it was taken. */
  said = $state.raw<Shot | null>(null);
  /** What is recording now, if anything is. */
  recorder = $state.raw<Recorder | null>(null);
  /** Whether they are others than those of the record. */
  touched = $derived.by(() => !sameFiles(this.shown, this.#start));
  /** Hashes of those of the record that are to go. */
  removed = $derived.by(() => missingFrom(this.shown, this.#start));
  #start: MediaRef[];
  #key: string;
  /** Until the engine has said what was taken before, nobody may say what is to be let go. */
  #listed = false;
  /** One after the other: two large photos at once are too much for a small phone. */
  #work: Promise<void>;
  #recorded: Promise<void> = Promise.resolve();
  /** A phone that goes dark stops a video, and on some an audio recording. */
  #screen = new ScreenLock();

  /** Whether something is being taken now. */
  taking = $derived.by(() => this.busy > 0 || this.recorder !== null);
  #begin: () => Promise<void>;
  #onhere: () => void;

  /**
   * `removed` are hashes of the record's files that were to go when the form was last open. `begin`
   * makes the draft durable, without which nobody would find its files again. `onhere` is told when
   * something is taken where the phone is.
   */
  constructor(
    { key, removed = [] }: Pick<Unfinished, 'key' | 'removed'>,
    record: PhoneView | null,
    begin: () => Promise<void>,
    onhere: () => void,
  ) {
    this.#key = key;
    this.#begin = begin;
    this.#onhere = onhere;
    this.#start = record?.media ?? [];
    this.shown = this.#start.filter(({ hash }) => !removed.includes(hash));
    this.#work = this.#list();
  }

  /**
   * Resolves once all are kept, or `problem` says why not. `live` is what is known of a photo that
   * the app itself has just taken; `here` says that the phone's own camera app has.
   */
  async take(files: Iterable<File>, live: Shot | null = null, here = live !== null): Promise<void> {
    this.problem = null;
    if (here) this.#onhere();
    const all = [...files].map((file) => this.#take(file, live).catch(() => undefined));
    await Promise.all(all);
  }

  /** Says why nothing came that could be taken. */
  fail(error: unknown): void {
    this.problem = toProblem(error);
  }

  /**
   * Records from a stream until the recorder is stopped; what comes of it is kept like any other
   * file. `onend` is called once the stream is no longer needed.
   */
  record(kind: RecordingKind, stream: MediaStream, onend: () => void): void {
    this.problem = null;
    const recorder = new Recorder(kind, this.#key);
    this.recorder = recorder;
    void this.#begin();
    this.#onhere();
    void this.#screen.hold();
    recorder.start(stream, (whole) => {
      whole.then(onend, onend);
      return (this.#recorded = this.#takeWhole(whole));
    });
  }

  async stopRecording(): Promise<void> {
    await this.recorder?.stop();
    await this.#recorded.catch(() => undefined);
  }

  remove(hash: string): void {
    this.problem = null;
    void this.#enqueue(async () => {
      await engine.discard(this.#key, hash);
      this.shown = this.shown.filter((media) => media.hash !== hash);
    });
  }

  /** Lets go of all that was taken and not saved. */
  async discard(): Promise<void> {
    await this.stopRecording();
    void this.#enqueue(() => engine.discard(this.#key));
    await this.#work;
  }

  /**
   * What the record is to be saved with, once all that was picked is kept. Rejects if one of them
   * could not be.
   */
  async settled(): Promise<Pick<Draft, 'media'>> {
    const before = this.problem;
    await this.stopRecording();
    await this.#work;
    if (this.problem !== null && this.problem !== before) throw this.problem;
    // Otherwise what was taken earlier would turn up in the next observation.
    if (!this.#listed) this.#show(await engine.taken(this.#key));
    this.#listed = true;
    return this.touched ? { media: this.shown } : {};
  }

  async #list(): Promise<void> {
    try {
      this.#show(await engine.taken(this.#key));
      this.#listed = true;
      await recover(this.#key, async (file, begun) => {
        if (file !== null) this.#show([await engine.take(this.#key, file, file.name)]);
        this.interrupted = [...this.interrupted, { ...begun, lost: file === null }];
      });
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  async #take(file: File, live: Shot | null): Promise<void> {
    this.busy += 1;
    const kept = this.#enqueue(async () => {
      await this.#begin();
      const made = await prepared(file, (await engine.settings()).photos, live);
      this.#show([await engine.take(this.#key, made.file, made.file.name)]);
      const says = made.shot.place !== undefined || made.shot.taken_at !== undefined;
      if (live === null && says) this.said = made.shot;
    });
    await kept.finally(() => (this.busy -= 1));
  }

  /** Rejects if it was not kept: its parts then stay where they are. */
  async #takeWhole(whole: Promise<File | null>): Promise<void> {
    try {
      const file = await whole;
      if (file !== null) await this.#take(file, null);
    } catch (error) {
      this.problem = toProblem(error);
      throw error;
    } finally {
      this.recorder = null;
      this.#screen.release();
    }
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    const done = this.#work.then(task);
    this.#work = done.catch((error: unknown) => {
      this.problem = toProblem(error);
    });
    return done;
  }

  #show(more: MediaRef[]): void {
    const known = new Set(this.shown.map((media) => media.hash));
    this.shown = [...this.shown, ...more.filter((media) => !known.has(media.hash))];
  }
}

function sameFiles(a: MediaRef[], b: MediaRef[]): boolean {
  return a.length === b.length && a.every((media, n) => media.hash === b[n]?.hash);
}

function missingFrom(shown: MediaRef[], start: MediaRef[]): string[] {
  const here = new Set(shown.map(({ hash }) => hash));
  return start.map(({ hash }) => hash).filter((hash) => !here.has(hash));
}
