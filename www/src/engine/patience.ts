/**
 * How long each call of the engine may take. Counted in beats and not by the clock: a phone that
 * slept for an hour has waited for no longer than it was awake.
 *
 * The engine gives up by itself on a storage, a file or a laptop that does not answer, and sooner
 * (`client-wasm/src/limits.rs`, `in_time.rs`); what ends here is an engine that is stuck or gone.
 */

import type { PhoneEngine } from './generated/chasqui_client_wasm';

/** Each beat the other end is asked for a sign of life, as long as anything is waited for. */
export const beat_ms = 5_000;
/**
 * A worker that showed no sign of life for so many beats is gone; it computes for seconds at most.
 */
export const silence_beats_max = 12;
/**
 * So many for one that has not answered anything yet, whatever it is asked: it reads all that is
 * stored.
 */
export const opening_beats_max = 40;
/** How often a call is made, each time of another worker, before it fails with `engine_silent`. */
export const tries_max = 2;

const usual_beats_max = 12;
/** A file is read and kept at half a megabyte a second at least. */
const bytes_a_beat = 2_500_000;

/** Calls that wait for a laptop, or move files. */
const long: Partial<Record<keyof PhoneEngine, number>> = {
  pair: 24,
  preview: 24,
  freeSpace: 60,
  // A video of 4 GB over a poor wifi; each of its slices has a limit of its own.
  fetchFile: 3_000,
};

/** How many beats a call may take. */
export function beatsFor(method: string, args: readonly unknown[]): number {
  const bytes = args.reduce((sum: number, arg) => sum + (arg instanceof Blob ? arg.size : 0), 0);
  return (long[method as keyof PhoneEngine] ?? usual_beats_max) + Math.ceil(bytes / bytes_a_beat);
}
