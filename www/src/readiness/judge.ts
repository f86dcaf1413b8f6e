/** From what was found on the phone to what is said of it. Pure: it asks the browser nothing. */
import type { ShellState } from '../shell/registration.svelte';
import type { Stored } from '../shell/message';
import type { Check, Readiness } from '../api/types';

/** What the browser answered; `null` where it did not, or not yet. */
export interface Findings {
  shell: ShellState | null;
  /** What the service worker finds in its caches. */
  stored: Stored | null;
  persistent: boolean | null;
  gps: PermissionState | null;
  camera: PermissionState | null;
  /** Whether the clocks of phone and laptop agreed when the laptop was last there. */
  clocks_agree: boolean | null;
  free_bytes: number | null;
}

/** Room for about a week of photos of 400 kB. */
export const free_bytes_min = 300e6;

export function judge(found: Findings, checked_at: string): Readiness {
  const { stored, clocks_agree, free_bytes } = found;
  return {
    app_kept: appKept(found.shell, stored),
    storage_persistent: found.persistent === null ? 'unknown' : check(found.persistent),
    map_kept: stored === null ? lost(found.shell) : check(stored.map === stored.map_total),
    gps_allowed: allowed(found.gps),
    camera_allowed: allowed(found.camera),
    clock_right: clocks_agree === null ? 'unknown' : check(clocks_agree),
    space_enough: free_bytes === null ? 'unknown' : check(free_bytes >= free_bytes_min),
    ...(free_bytes === null ? {} : { free_bytes }),
    checked_at,
  };
}

/** Without a service worker nothing is kept, whatever else may be. */
function appKept(shell: ShellState | null, stored: Stored | null): Check {
  if (shell !== 'running' || stored === null) return lost(shell);
  return check(stored.shell_total > 0 && stored.shell === stored.shell_total);
}

const lost = (shell: ShellState | null): Check =>
  shell === 'failed' || shell === 'none' ? 'no' : 'unknown';

const check = (is_so: boolean): Check => (is_so ? 'yes' : 'no');

function allowed(state: PermissionState | null): Check {
  if (state === 'granted') return 'yes';
  return state === 'denied' ? 'no' : 'unknown';
}
