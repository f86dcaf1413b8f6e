/**
 * Every failure, from the engine as from the laptop's API, and those that the pages make
 * themselves.
 */
import type { Code, Failure } from '../api/types';

export type ProblemCode =
  Code | 'unknown' | 'engine_silent' | 'engine_broken' | 'camera_denied' | 'camera_missing';

/** A newer laptop may send another code at run time. */
export interface Problem extends Omit<Failure, 'code'> {
  code: ProblemCode;
}
