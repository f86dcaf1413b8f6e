/**
 * What a person has filled in and not yet saved, kept so that a killed page loses nothing.
 *
 * One draft for a new observation and one per record being corrected. It is never a record: only
 * the engine can say "saved", and only then is the draft let go.
 */
import type { Answer, Draft, PhoneView, Place } from '../engine/api';
import { keep, kept, letGo } from '../storage/kept';

export interface Unfinished {
  category: string;
  note: string;
  observed_at: string;
  location?: Place;
  answers: Record<string, Answer>;
}

const keyOf = (record: string | null) =>
  record === null ? 'chasqui.draft' : `chasqui.draft.${record}`;

export function emptyDraft(now: Date): Unfinished {
  return { category: '', note: '', observed_at: now.toISOString(), answers: {} };
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
export function toDraft(unfinished: Unfinished): Draft {
  return { ...unfinished, note: unfinished.note.trim() };
}

export function keepDraft(record: string | null, unfinished: Unfinished): void {
  keep(keyOf(record), JSON.stringify(unfinished));
}

export function letGoDraft(record: string | null): void {
  letGo(keyOf(record));
}

/** `null` when there is none, or when what was kept cannot be read. */
export function keptDraft(record: string | null): Unfinished | null {
  const text = kept(keyOf(record));
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Unfinished>;
    if (typeof value.category !== 'string' || typeof value.note !== 'string') return null;
    if (typeof value.observed_at !== 'string') return null;
    return { ...value, answers: value.answers ?? {} } as Unfinished;
  } catch {
    return null;
  }
}
