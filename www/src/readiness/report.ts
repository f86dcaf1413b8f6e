/**
 * Whether a phone works far from the laptop, as the phone itself found out.
 *
 * The phone shows it line by line and reports it; the manager's page shows the report. Both judge
 * it here.
 */
import type { Readiness } from '../api/types';

/** In the order in which they are shown. */
export const checks = [
  'app_kept',
  'storage_persistent',
  'map_kept',
  'gps_allowed',
  'camera_allowed',
  'clock_right',
  'space_enough',
] as const satisfies (keyof Readiness)[];

export type CheckName = (typeof checks)[number];

/**
 * ready: every check is yes; not_kept: the app does not open without the laptop; unfinished:
 * something else is missing.
 */
export type Verdict = 'ready' | 'not_kept' | 'unfinished';

export function verdictOf(readiness: Readiness): Verdict {
  if (readiness.app_kept === 'no') return 'not_kept';
  return missingOf(readiness).length === 0 ? 'ready' : 'unfinished';
}

/** The checks that are not yes. */
export function missingOf(readiness: Readiness): CheckName[] {
  return checks.filter((name) => readiness[name] !== 'yes');
}
