/** Which of two GPS readings to keep. Pure: the reading's own time says how old it is. */
import type { Place } from '../engine/api';

export interface Fix extends Place {
  accuracy_m: number;
  source: 'gps';
  /** Milliseconds, from the same clock as every other fix. */
  taken_ms: number;
}

/** A monitor who walks on for this long stands somewhere else. */
const fresh_ms = 60_000;

/** The more accurate one, unless the one held is too old to be about this place. */
export function betterFix(held: Fix | null, next: Fix): Fix {
  if (held === null) return next;
  if (next.taken_ms - held.taken_ms > fresh_ms) return next;
  return next.accuracy_m <= held.accuracy_m ? next : held;
}

/** Whether a fix is about where the phone is at `now_ms`. */
export function isFresh(fix: Fix, now_ms: number): boolean {
  return now_ms - fix.taken_ms <= fresh_ms;
}

/** A fix as it is stored with a record. */
export function placeOf(fix: Fix): Place {
  const { taken_ms: _, ...place } = fix;
  return place;
}
