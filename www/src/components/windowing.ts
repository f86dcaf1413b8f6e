/** Which rows of a long list of equally high rows are worth drawing. Pure: it measures nothing. */
export interface Range {
  first: number;
  /** One past the last row. */
  end: number;
}

/** Rows drawn beyond each edge, so that a quick thumb meets no blank. */
const spare = 8;

export function visibleRows(
  scrollTop_px: number,
  height_px: number,
  row_px: number,
  count: number,
): Range {
  if (row_px <= 0 || count === 0) return { first: 0, end: 0 };
  const top = Math.min(Math.floor(Math.max(scrollTop_px, 0) / row_px), count - 1);
  const shown = Math.ceil(height_px / row_px) + 1;
  return { first: Math.max(0, top - spare), end: Math.min(count, top + shown + spare) };
}

/** Where a list is scrolled to, in words that survive new rows above it. */
export interface ListPlace {
  /** The uppermost row in sight; `null` while what stands above the rows is. */
  key: string | null;
  /** How far that row, or the top, is scrolled out of sight. */
  offset_px: number;
}

export const list_top: ListPlace = { key: null, offset_px: 0 };

/** The place of a list that is scrolled so far. */
export function placeOf(
  scrollTop_px: number,
  row_px: number,
  head_px: number,
  keyAt: (at: number) => string | null,
): ListPlace {
  const into_px = scrollTop_px - head_px;
  const at = row_px > 0 ? Math.floor(into_px / row_px) : -1;
  const key = at < 0 ? null : keyAt(at);
  return key === null
    ? { key, offset_px: Math.max(scrollTop_px, 0) }
    : { key, offset_px: into_px - at * row_px };
}

/** How far a list is to be scrolled for a place; `at` is where its row is now, below 0 if it is gone. */
export function topOf(place: ListPlace, at: number, row_px: number, head_px: number): number {
  if (place.key === null) return place.offset_px;
  return at < 0 ? 0 : head_px + at * row_px + place.offset_px;
}
