/**
 * The page's copy of the list, kept up to date by what changed: ten thousand records cross from the
 * worker once, in pieces, and a record that was saved is in its place before the rest has come.
 */
import type { Listing, PhoneView } from '../api/types';

/** The list, or the beginning of it. */
export interface RecordList {
  views: PhoneView[];
  /** Whether records follow that are not among `views` yet. */
  more: boolean;
  /** How many there are in all. */
  total: number;
}

/** A view with its place, as the engine told it. */
interface Placed {
  view: PhoneView;
  at: number;
}

export class Copy {
  token = '';
  /** Whether records follow that are not here yet. */
  more = false;
  /** How many there are, here or not. */
  total = 0;
  #views: PhoneView[] = [];
  #placed: Placed[] = [];
  #by_record = new Map<string, Placed>();

  /** Takes over a listing, and returns the list highest `listed_ms` first. */
  take({ token, whole, more, total, views, gone }: Listing): PhoneView[] {
    this.token = token;
    this.more = more;
    this.total = total;
    if (whole) {
      [this.#views, this.#placed] = [[], []];
      this.#by_record.clear();
    }
    if (whole || views.length > 0 || gone.length > 0) this.#change(views.map(placed), gone);
    return this.#views;
  }

  find(record: string): PhoneView | undefined {
    return this.#by_record.get(record)?.view;
  }

  #change(added: Placed[], gone: string[]): void {
    const old = this.#placed;
    const cuts = added.map((one) => ({ at: placeIn(old, one), one: one as Placed | null }));
    for (const record of [...gone, ...added.map(({ view }) => view.record)]) {
      const before = this.#by_record.get(record);
      if (before === undefined) continue;
      cuts.push({ at: placeIn(old, before), one: null });
      this.#by_record.delete(record);
    }
    // What is added goes before what stands at its place, and that leaves after it.
    cuts.sort((a, b) => a.at - b.at || Number(a.one === null) - Number(b.one === null));
    let from = cuts[0]?.at ?? old.length;
    const kept = from;
    const next = old.slice(0, kept);
    for (const { at, one } of cuts) {
      while (from < at) next.push(old[from++]!);
      if (one === null) from = at + 1;
      else next.push(one);
    }
    while (from < old.length) next.push(old[from++]!);
    for (const one of added) this.#by_record.set(one.view.record, one);
    this.#placed = next;
    const views = this.#views.slice(0, kept);
    for (let n = kept; n < next.length; n += 1) views.push(next[n]!.view);
    this.#views = views;
  }
}

function placed(view: PhoneView): Placed {
  return { view, at: view.listed_ms };
}

/** How many of a list in order come before this one. */
function placeIn(list: readonly Placed[], one: Placed): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesFirst(list[middle]!, one)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The engine's order: by time, newest first, then by id. */
function comesFirst(a: Placed, b: Placed): boolean {
  return a.at === b.at ? a.view.record < b.view.record : a.at > b.at;
}
