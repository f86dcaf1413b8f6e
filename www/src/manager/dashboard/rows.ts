/** The rows that a list has read so far, and how they change. */
import type { Changes, LaptopView } from '../../api/types';

/**
 * The rows after changes. `next` is the place after which the list goes on, `null` at its end: what
 * lies beyond comes when it is read.
 */
export function rowsAfter(
  rows: LaptopView[],
  next: string | null,
  { items, removed }: Changes,
): LaptopView[] {
  const changed = new Set(removed);
  for (const { record } of items) changed.add(record);
  const come = items.filter(({ place_in_list }) => next === null || place_in_list <= next);
  return rows
    .filter(({ record }) => !changed.has(record))
    .concat(come)
    .sort((a, b) => (a.place_in_list < b.place_in_list ? -1 : 1));
}

/** The rows with one more page of them. What moved down to it meanwhile is not shown twice. */
export function rowsWith(rows: LaptopView[], page: LaptopView[]): LaptopView[] {
  const come = new Set(page.map(({ record }) => record));
  return rows.filter(({ record }) => !come.has(record)).concat(page);
}
