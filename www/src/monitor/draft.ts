/**
 * What a person has filled in and not yet saved, kept so that a killed page or a dead battery loses nothing.
 *
 * One draft for a new observation and one per record being corrected. It is never a record: only
 * the engine can say "saved", and only then is the draft let go.
 */
import type { Answer, Draft, PhoneView, Place } from '../engine/api';
import { durably, pageDb } from '../storage/pagedb';
import { observedNow } from '../time/observed';

export interface Unfinished {
  category: string;
  note: string;
  observed_at: string;
  location?: Place;
  answers: Record<string, Answer>;
  /** Hashes of the record's files that are to go. */
  removed?: string[];
}

/** Words become durable this long after the last was typed. */
const pause_ms = 250;

const keyOf = (record: string | null) => record ?? 'new';

export function emptyDraft(now: Date): Unfinished {
  return { category: '', note: '', observed_at: observedNow(now), answers: {} };
}

export function draftFrom(view: PhoneView): Unfinished {
  return {
    category: view.category,
    note: view.note,
    observed_at: view.observed_at,
    ...(view.location ? { location: view.location } : {}),
    answers: view.answers,
  };
}

/** What the engine is asked to store. */
export function toDraft({ removed: _, ...unfinished }: Unfinished): Draft {
  return { ...unfinished, note: unfinished.note.trim() };
}

/** `null` when there is none, or when what was kept cannot be read. */
export async function keptDraft(record: string | null): Promise<Unfinished | null> {
  try {
    const text = await (await pageDb()).get('drafts-1', keyOf(record));
    return text === undefined ? null : parsed(text);
  } catch {
    return null;
  }
}

/** Keeps one draft as it changes. A browser that refuses storage is no error here: the page then only forgets. */
export class DraftKeeper {
  #key: string;
  #unkept: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** One after the other: an older text must not overtake a newer one. */
  #work: Promise<void> = Promise.resolve();

  constructor(record: string | null) {
    this.#key = keyOf(record);
  }

  /** Durable after a moment; what was given before and is not kept yet is left out. */
  keep(unfinished: Unfinished): void {
    this.#unkept = JSON.stringify(unfinished);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause_ms);
  }

  /** Keeps at once what is not kept yet, as before the page may be put to sleep. */
  flush(): Promise<void> {
    this.#still();
    const text = this.#unkept;
    this.#unkept = null;
    if (text === null) return this.#work;
    return this.#enqueue(() =>
      durably(['drafts-1'], (transaction) =>
        transaction.objectStore('drafts-1').put(text, this.#key),
      ),
    );
  }

  letGo(): Promise<void> {
    this.#still();
    this.#unkept = null;
    return this.#enqueue(() =>
      durably(['drafts-1'], (transaction) => transaction.objectStore('drafts-1').delete(this.#key)),
    );
  }

  #still(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch(() => undefined);
    return this.#work;
  }
}

function parsed(text: string): Unfinished | null {
  const value = JSON.parse(text) as Partial<Unfinished>;
  if (typeof value.category !== 'string' || typeof value.note !== 'string') return null;
  if (typeof value.observed_at !== 'string') return null;
  return { ...value, answers: value.answers ?? {} } as Unfinished;
}
