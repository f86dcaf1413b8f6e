/**
 * What a person has filled in and not yet saved. It is never a record: only the engine can say
 * "saved".
 */
import type { Answer, Draft, Location, PhoneView } from '../../api/types';
import { observedNow } from '../../time/observed';

export interface Unfinished {
  /**
   * Names the draft for good: its files are taken under it, and the engine remembers it once it is
   * saved. A new observation gets it as the id of its record.
   */
  key: string;
  /** The record that is being corrected, and the version of it that the person saw. */
  edits?: { record: string; version: string };
  category: string;
  note: string;
  observed_at: string;
  location?: Location;
  /** When the phone read a place by GPS, in milliseconds. */
  place_ms?: number;
  answers: Record<string, Answer>;
  /** Hashes of the record's files that are to go. */
  removed?: string[];
  /** How often it was kept: of two that were kept, the later one counts. */
  order?: number;
}

export function emptyDraft(key: string, now: Date): Unfinished {
  return { key, category: '', note: '', observed_at: observedNow(now), answers: {} };
}

export function draftFrom(key: string, view: PhoneView): Unfinished {
  return {
    key,
    edits: { record: view.record, version: view.winner },
    category: view.category,
    note: view.note,
    observed_at: view.observed_at,
    ...(view.location ? { location: view.location } : {}),
    answers: view.answers,
  };
}

/** What the engine is asked to store. */
export function toDraft(unfinished: Unfinished): Draft {
  const { key, edits, category, note, observed_at, location, answers } = unfinished;
  return {
    category,
    note: note.trim(),
    observed_at,
    ...(location ? { location } : {}),
    answers,
    draft_key: key,
    ...(edits ? { base: edits.version } : {}),
  };
}

/** Reads what was kept; `null` if it is no draft. */
export function parsed(text: string): Unfinished | null {
  try {
    const value = JSON.parse(text) as Partial<Unfinished>;
    const words = [value.key, value.category, value.note, value.observed_at];
    if (!words.every((word) => typeof word === 'string')) return null;
    return { ...value, answers: value.answers ?? {} } as Unfinished;
  } catch {
    return null;
  }
}

/** 16 random bytes in hex, as the ids of records are. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
