/**
 * Whole numbers for every language: `12 340`, since `12.340` is twelve to one reader and thousands
 * to another.
 */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
