/**
 * Keeps one draft as it changes, and says whether it is kept.
 *
 * Whatever was typed is durable a second later at the latest, also when nobody pauses.
 */
import type { Unfinished } from './draft';
import * as kept from './keptdrafts';

/** Words become durable this long after the last was typed, */
const pause_ms = 250;
/**
 * or this long after the first that is not durable yet. The rest of a second is for a slow disk.
 */
const longest_ms = 500;

/**
 * `nothing` was given yet; `pending` for a moment; `kept` is durable; `unkept` is only in this
 * page.
 */
export type Keeping = 'nothing' | 'pending' | 'kept' | 'unkept';

/**
 * Drafts that could not be made durable, by their key. They are offered as long as the page lives.
 */
export const unkept = new Map<string, Unfinished>();

/** How often any keeper has come to an end with what it had to do. */
export const work = $state({ done: 0 });

export class DraftKeeper {
  keeping = $state<Keeping>('nothing');
  #order: number;
  #latest: Unfinished | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #since_ms = 0;
  /** One after the other: an older text must not overtake a newer one. */
  #work: Promise<void> = Promise.resolve();
  #done = false;

  /** `order` is that of the draft as it was kept before. */
  constructor(order = 0) {
    this.#order = order;
    if (order > 0) this.keeping = 'kept';
  }

  /** Durable after a moment; what was given before and is not kept yet is left out. */
  keep(unfinished: Unfinished): void {
    if (this.#done) return;
    if (this.#latest === null) this.#since_ms = Date.now();
    this.#latest = unfinished;
    this.keeping = 'pending';
    if (this.#timer !== null) clearTimeout(this.#timer);
    const left_ms = longest_ms - (Date.now() - this.#since_ms);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(pause_ms, left_ms)));
  }

  /**
   * Keeps at once what is not kept yet, as before the page may be put to sleep. Resolves when that
   * is done or has failed.
   */
  flush(): Promise<void> {
    this.#still();
    return this.#enqueue(async () => {
      const draft = this.#latest;
      if (draft === null || this.#done) return;
      this.#latest = null;
      const next = { ...draft, order: ++this.#order };
      const durable = await kept.put(next);
      if (durable) unkept.delete(next.key);
      else unkept.set(next.key, next);
      // What was typed meanwhile is not kept yet.
      if (this.#latest === null && !this.#done) this.keeping = durable ? 'kept' : 'unkept';
    });
  }

  /** The draft is saved or unwanted. */
  letGo(key: string): Promise<void> {
    this.#done = true;
    this.#still();
    this.#latest = null;
    unkept.delete(key);
    return this.#enqueue(() => kept.remove(key));
  }

  #still(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch(() => undefined);
    void this.#work.then(() => (work.done += 1));
    return this.#work;
  }
}
