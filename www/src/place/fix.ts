/**
 * Which GPS reading a form has, and when it changes. Pure: each reading's own time says how old it
 * is.
 *
 * Until a place is held, a better reading of the same place replaces the one before. Once it is
 * held nothing replaces it but a person; a reading from elsewhere never does, held or not. It
 * becomes an offer.
 */
import type { Location } from '../api/types';

export interface Fix extends Location {
  accuracy_m: number;
  source: 'gps';
  /** Milliseconds, from the same clock as every other fix. */
  taken_ms: number;
}

/** A fix this exact is held by itself. */
const exact_m_max = 10;
/** How exact a fix must be to be called so. */
const quality_m_max = { good: 15, fair: 50 } as const;
/** A monitor who walks on for this long stands somewhere else. */
const fresh_ms = 60_000;
/** Nearer than this nobody is asked: a GPS wanders as far. */
const apart_m_min = 50;
/**
 * The first photo holds a poor fix only after this long; who has just taken it still stands there.
 */
const photo_grace_ms = 15_000;
const metres_per_degree = 111_195;

export type Quality = 'good' | 'fair' | 'poor';

/** What a person may take instead of the place that the form has. */
export interface PlaceOffer {
  fix: Fix;
  /**
   * `elsewhere`: the phone is not where the place is; `better`: it is there, and knows it better.
   */
  kind: 'elsewhere' | 'better';
  distance_m: number;
}

export interface Held {
  fix: Fix | null;
  /** What holds it; null as long as it may get better by itself. */
  by: 'exact' | 'photo' | 'hand' | null;
  offer: PlaceOffer | null;
  /** The fix that the search began with: better ones may not creep away from it. */
  from: Fix | null;
  /** When the first photo was taken. */
  photo_ms: number | null;
}

export const nothing_held: Held = { fix: null, by: null, offer: null, from: null, photo_ms: null };

/** A form that begins with a fix it had before. */
export function heldAgain(fix: Fix): Held {
  return { ...nothing_held, fix, by: 'hand', from: fix };
}

/** The GPS has read `next`. */
export function take(held: Held, next: Fix): Held {
  const { fix, from } = held;
  if (fix === null || from === null) return settled({ ...held, fix: next, from: next });
  const distance_m = distanceOf(fix, next);
  if (isElsewhere(fix, next))
    return { ...held, offer: { fix: next, kind: 'elsewhere', distance_m } };
  // Back from elsewhere: there is nothing to ask any more.
  const offer = held.offer?.kind === 'elsewhere' ? null : held.offer;
  if (next.accuracy_m >= (offer?.fix ?? fix).accuracy_m) return { ...held, offer };
  if (mayImprove(held, next)) return settled({ ...held, fix: next, offer: null });
  return {
    ...held,
    offer: isMuchBetter(fix, next) ? { fix: next, kind: 'better', distance_m } : offer,
  };
}

/** A photo was taken: the place is where it was taken. */
export function photoTaken(held: Held, at_ms: number): Held {
  return settled({ ...held, photo_ms: held.photo_ms ?? at_ms });
}

/** A person says that this is the place. */
export function holdHere(held: Held): Held {
  return held.fix === null ? held : { ...held, by: 'hand' };
}

/** A person takes what was offered. A new place may still get better. */
export function accept(held: Held): Held {
  if (held.offer === null) return held;
  const { fix, kind } = held.offer;
  const by = kind === 'better' ? 'hand' : null;
  return settled({ ...nothing_held, fix, by, from: fix });
}

export function qualityOf(accuracy_m: number): Quality {
  if (accuracy_m <= quality_m_max.good) return 'good';
  return accuracy_m <= quality_m_max.fair ? 'fair' : 'poor';
}

/**
 * Where the phone is, of two readings: the later one if it has moved, else the more accurate one.
 */
export function betterFix(before: Fix | null, next: Fix): Fix {
  if (before === null || !isFresh(before, next.taken_ms) || isElsewhere(before, next)) return next;
  return next.accuracy_m <= before.accuracy_m ? next : before;
}

/** Whether a fix is about where the phone is at `now_ms`. */
export function isFresh(fix: Fix, now_ms: number): boolean {
  return now_ms - fix.taken_ms <= fresh_ms;
}

/** A fix as it is stored with a record. */
export function placeOf(fix: Fix): Location {
  const { taken_ms: _, ...place } = fix;
  return place;
}

/** Metres along the ground; exact enough for as far as anybody walks or drives in a day. */
export function distanceOf(a: Location, b: Location): number {
  const turn = ((b.lon - a.lon + 540) % 360) - 180;
  const middle = (((a.lat + b.lat) / 2) * Math.PI) / 180;
  return Math.hypot(b.lat - a.lat, turn * Math.cos(middle)) * metres_per_degree;
}

function isElsewhere(a: Fix, b: Fix): boolean {
  return distanceOf(a, b) > Math.max(a.accuracy_m + b.accuracy_m, apart_m_min);
}

/** A poor one that a photo holds may get better as long as the person cannot have walked away. */
function mayImprove({ by, fix, from, photo_ms }: Held, next: Fix): boolean {
  if (from === null || isElsewhere(from, next)) return false;
  if (by === null) return true;
  const poor = fix === null || qualityOf(fix.accuracy_m) === 'poor';
  return by === 'photo' && poor && next.taken_ms - (photo_ms ?? 0) <= photo_grace_ms;
}

/** Worth a question: another colour. */
function isMuchBetter(fix: Fix, next: Fix): boolean {
  return qualityOf(next.accuracy_m) !== qualityOf(fix.accuracy_m);
}

function settled(held: Held): Held {
  if (held.fix === null || held.by === 'hand') return held;
  if (held.fix.accuracy_m <= exact_m_max) return { ...held, by: held.by ?? 'exact' };
  return held.photo_ms === null ? held : { ...held, by: 'photo' };
}
