/** Who a record comes from, told in one place for both ends. */
import type { View } from '../api/types';

export interface Who {
  /**
   * The device of the person who saw it; `null` where it was taken in, or where the first version
   * is not held.
   */
  observer: string | null;
  /** The file or program that it was taken in from. */
  source: string | null;
  /** The laptop that took it in. */
  takenBy: string | null;
  /** The device of whoever wrote what is shown, if that is not who began the record. */
  corrector: string | null;
}

export function whoOf({ observer, source, author }: View): Who {
  const began = observer ?? null;
  const isTaken = source !== undefined && source !== '';
  return {
    observer: isTaken ? null : began,
    source: isTaken ? source : null,
    takenBy: isTaken ? began : null,
    corrector: author === began ? null : author,
  };
}
