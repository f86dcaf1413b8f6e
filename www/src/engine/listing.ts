/**
 * The page's copy of the list, kept up to date by what changed, so that ten thousand records cross from the
 * worker once and not after every save.
 */
import type { PhoneView } from './api';

/** What the engine hands over; see `client-wasm/src/listing.rs`. */
export interface Listing {
  token: string;
  whole: boolean;
  views: PhoneView[];
  gone: string[];
}

export class Copy {
  token = '';
  #views: PhoneView[] = [];

  /** Takes over a listing, and returns the list newest `observed_at` first. */
  take(listing: Listing): PhoneView[] {
    this.token = listing.token;
    if (listing.whole) {
      this.#views = listing.views;
    } else if (listing.views.length > 0 || listing.gone.length > 0) {
      const replaced = new Set([...listing.gone, ...listing.views.map((view) => view.record)]);
      const kept = this.#views.filter((view) => !replaced.has(view.record));
      this.#views = merged(kept, listing.views);
    }
    return this.#views;
  }
}

/** Two lists, each in order, as one. */
function merged(a: PhoneView[], b: PhoneView[]): PhoneView[] {
  const all: PhoneView[] = [];
  let i = 0;
  for (const view of b) {
    while (i < a.length && comesFirst(a[i]!, view)) all.push(a[i++]!);
    all.push(view);
  }
  while (i < a.length) all.push(a[i++]!);
  return all;
}

/** The engine's order: by time, newest first, then by id. */
function comesFirst(a: PhoneView, b: PhoneView): boolean {
  const [at, bt] = [Date.parse(a.observed_at), Date.parse(b.observed_at)];
  return at === bt ? a.record < b.record : at > bt;
}
