/** Which row of a table a key goes to; `null` for a key that goes nowhere. Nothing chosen is -1. */
export function rowAfter(key: string, at: number, rows: number, page: number): number | null {
  if (rows === 0) return null;
  const to: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  const wanted = to[key];
  return wanted === undefined ? null : Math.min(Math.max(wanted, 0), rows - 1);
}
