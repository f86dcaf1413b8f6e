/** Whether the clocks of phone and laptop agree, as far as is known. */
import type { SyncStatus } from '../api/types';

/** `before` is what was known when the laptop was last there: `yes`, `no`, or nothing. */
export function clocksAgree(
  status: Pick<SyncStatus, 'phase' | 'clocks'> | null,
  before: string | null,
): boolean | null {
  if (status?.clocks !== undefined) return false;
  // Then a laptop has just said what its clock says, and nothing was wrong with that.
  if (status?.phase === 'synced' || status?.phase === 'syncing') return true;
  return before === null ? null : before === 'yes';
}
