/**
 * Where a person is in the app, and which screens lie below that in the browser's history.
 *
 * Pure: it says what is to be done with the history; `route.svelte.ts` does it. The rule: leaving a
 * screen, by its arrow or because its work is done, goes down to the screen it was opened from and
 * never adds one, so that the phone's back button leads the same way and never into a screen that
 * was left.
 */
export interface Place {
  /** An address after `#`. */
  hash: string;
  /** The addresses below it in the history, the lowest first. */
  below: readonly string[];
}

/** What is to be done with the browser's history. */
export type Step =
  /** Adds a place on top. */
  | { act: 'push'; place: Place }
  /** Puts another place on top in the place of this one. */
  | { act: 'replace'; place: Place }
  /** Goes down by so many places. */
  | { act: 'back'; by: number };

/** More than a person opens one out of the other; the lowest are forgotten beyond it. */
const below_max = 32;

/** The app starts here, or an address was opened from outside. */
export function start(hash: string): Place {
  return { hash, below: [] };
}

/** Opens a screen out of this one. */
export function open(here: Place, hash: string): Step {
  return { act: 'push', place: above(here, hash) };
}

/** The place of a screen that was opened out of `here`. */
export function above(here: Place, hash: string): Place {
  return { hash, below: [...here.below, here.hash].slice(-below_max) };
}

/** Shows something else at this place, such as the next photo: back leads where it led before. */
export function turn(here: Place, hash: string): Step {
  return { act: 'replace', place: { hash, below: here.below } };
}

/**
 * Leaves this screen for `hash`: the nearest one of that address below, or one in the place of
 * this.
 */
export function leave(here: Place, hash: string): Step {
  if (here.hash === hash) return turn(here, hash);
  const at = here.below.lastIndexOf(hash);
  return at < 0 ? turn(here, hash) : { act: 'back', by: here.below.length - at };
}

/** A place as it was kept in the history's state; `null` if that is none of ours. */
export function read(state: unknown, hash: string): Place | null {
  const below = (state as { below?: unknown } | null)?.below;
  const is_ours = Array.isArray(below) && below.every((address) => typeof address === 'string');
  return is_ours ? { hash, below } : null;
}
