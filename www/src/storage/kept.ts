/**
 * Small texts this browser keeps for the page, such as the language. What may not be lost is in
 * `pagedb`.
 *
 * Never a record: those are the engine’s. A browser that refuses storage is no error here; the page
 * then only forgets.
 */
export function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: the page goes on with what it has in memory.
  }
}

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
