/**
 * The photos, sounds and films of one form. Each is durable in the engine as soon as it is listed here, so that neither
 * a killed page nor a dead battery loses it before the record is saved.
 */
import { toProblem } from '../components/problem';
import type { Draft, MediaRef, PhoneView, Problem } from '../engine/api';
import { scaled } from './photo';
import { records } from './records.svelte';

export class FormFiles {
  shown = $state.raw<MediaRef[]>([]);
  /** Files that were picked and are not kept yet. */
  busy = $state(0);
  /** Why the last one was not kept. */
  problem = $state.raw<Problem | null>(null);
  /** Whether they are others than those of the record. */
  touched = $derived.by(() => !sameFiles(this.shown, this.#start));
  #start: MediaRef[];
  #key: string;
  /** Until the engine has said what was taken before, nobody may say what is to be let go. */
  #listed = false;
  /** One after the other: two large photos at once are too much for a small phone. */
  #work: Promise<void>;

  constructor(record: PhoneView | null) {
    this.#key = record?.record ?? 'new';
    this.#start = record?.media ?? [];
    this.shown = this.#start;
    this.#work = this.#list();
  }

  take(files: Iterable<File>): void {
    this.problem = null;
    for (const file of files) {
      this.busy += 1;
      this.#enqueue(async () => {
        try {
          const small = await scaled(file);
          this.#show([await records.take(this.#key, small, small.name)]);
        } finally {
          this.busy -= 1;
        }
      });
    }
  }

  remove(hash: string): void {
    this.problem = null;
    this.#enqueue(async () => {
      await records.discard(this.#key, hash);
      this.shown = this.shown.filter((media) => media.hash !== hash);
    });
  }

  /** Lets go of all that was taken and not saved. */
  discard(): Promise<void> {
    this.#enqueue(() => records.discard(this.#key));
    return this.#work;
  }

  /** What the record is to be saved with, once all that was picked is kept. Rejects if one of them could not be. */
  async settled(): Promise<Pick<Draft, 'media' | 'draft_key'>> {
    const before = this.problem;
    await this.#work;
    if (this.problem !== null && this.problem !== before) throw this.problem;
    // Otherwise what was taken earlier would turn up in the next observation.
    if (!this.#listed) this.#show(await records.taken(this.#key));
    this.#listed = true;
    return { draft_key: this.#key, ...(this.touched ? { media: this.shown } : {}) };
  }

  async #list(): Promise<void> {
    try {
      this.#show(await records.taken(this.#key));
      this.#listed = true;
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  #enqueue(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch((error: unknown) => {
      this.problem = toProblem(error);
    });
  }

  #show(more: MediaRef[]): void {
    const known = new Set(this.shown.map((media) => media.hash));
    this.shown = [...this.shown, ...more.filter((media) => !known.has(media.hash))];
  }
}

function sameFiles(a: MediaRef[], b: MediaRef[]): boolean {
  return a.length === b.length && a.every((media, n) => media.hash === b[n]?.hash);
}
