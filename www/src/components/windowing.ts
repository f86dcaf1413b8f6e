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
