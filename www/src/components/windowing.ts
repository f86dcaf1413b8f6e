/**
 * Which rows of a long list are worth drawing: rows of one height, some of which begin a section
 * and have its head above them. Pure: it measures nothing. Each answer takes no longer than a
 * search among the sections.
 */
export interface Range {
  first: number;
  /** One past the last row. */
  end: number;
}

/** How high everything in a list is. */
export interface Layout {
  count: number;
  row_px: number;
  /** The rows that begin a section, from the top. */
  starts: readonly number[];
  section_px: number;
}

/** Rows drawn beyond each edge, so that a quick thumb meets no blank. */
const spare = 8;

/**
 * How far below the top of the list a row begins, with the head of its section if it begins one.
 */
export function topOfRow({ row_px, starts, section_px }: Layout, at: number): number {
  return at * row_px + startsBefore(starts, at) * section_px;
}

export function heightOfRow({ row_px, starts, section_px }: Layout, at: number): number {
  return starts[startsBefore(starts, at)] === at ? row_px + section_px : row_px;
}

export function heightOf(layout: Layout): number {
  return topOfRow(layout, layout.count);
}

/**
 * The row that stands so far below the top of the list; below 0 above it, `count` or more below it.
 */
export function rowAt({ row_px, starts, section_px }: Layout, y_px: number): number {
  if (row_px <= 0) return -1;
  // The last section that begins no lower.
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! * row_px + middle * section_px <= y_px) low = middle + 1;
    else high = middle;
  }
  const heads_px = low * section_px;
  const at = Math.floor((y_px - heads_px) / row_px);
  // Its head belongs to the first row of a section.
  return low === 0 ? at : Math.max(at, starts[low - 1]!);
}

export function visibleRows(scrollTop_px: number, height_px: number, layout: Layout): Range {
  const { count, row_px } = layout;
  if (row_px <= 0 || count === 0) return { first: 0, end: 0 };
  const top = Math.min(rowAt(layout, Math.max(scrollTop_px, 0)), count - 1);
  const shown = Math.ceil(height_px / row_px) + 1;
  return { first: Math.max(0, top - spare), end: Math.min(count, top + shown + spare) };
}

/** The rows that have another section than the one above them. */
export function startsOf<Item>(
  items: readonly Item[],
  sectionOf: (item: Item) => string,
): number[] {
  const starts: number[] = [];
  let before: string | null = null;
  for (const [at, item] of items.entries()) {
    const section = sectionOf(item);
    if (section !== before) starts.push(at);
    before = section;
  }
  return starts;
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
  layout: Layout,
  head_px: number,
  keyAt: (at: number) => string | null,
): ListPlace {
  const into_px = scrollTop_px - head_px;
  const at = rowAt(layout, into_px);
  const key = at < 0 ? null : keyAt(at);
  return key === null
    ? { key, offset_px: Math.max(scrollTop_px, 0) }
    : { key, offset_px: into_px - topOfRow(layout, at) };
}

/**
 * How far a list is to be scrolled for a place; `at` is where its row is now, below 0 if it is
 * gone.
 */
export function topOf(place: ListPlace, at: number, layout: Layout, head_px: number): number {
  if (place.key === null) return place.offset_px;
  return at < 0 ? 0 : head_px + topOfRow(layout, at) + place.offset_px;
}

/** How many of the sections begin above a row. */
function startsBefore(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
