/**
 * What of the manager's page is in sight. Where there is no room for all of it side by side, one
 * part is shown at a time, and an observation opens as a sheet over it.
 */
import { MediaQuery } from 'svelte/reactivity';

export const parts = ['phones', 'observations', 'map', 'more'] as const;
export type Part = (typeof parts)[number];

const narrow = new MediaQuery('(max-width: 78rem)');
const compact = new MediaQuery('(max-width: 40rem)');

class Layout {
  part = $state<Part>('observations');
  /** The chosen observation is open over the rest; of account only where the page is narrow. */
  sheet = $state(false);
  inviting = $state(false);

  /** One part at a time. */
  get narrow(): boolean {
    return narrow.current;
  }

  /** Rows of the table on two lines. */
  get compact(): boolean {
    return compact.current;
  }

  /** Whether a part is in sight. */
  shows(part: Part): boolean {
    return !this.narrow || this.part === part;
  }
}

export const layout = new Layout();
