/** How long a note may be, and where a long one is folded. */

/** As the engine takes it, in UTF-8. */
export const note_bytes_max = 16_384;
/** A person is told how much is left from here on. */
export const note_bytes_near = 2_000;
/** What of a note stands before everything else of an observation. */
const head_chars = 400;
const head_lines = 8;

/**
 * Bytes left for the note, as it is saved: without blanks at its ends. Negative if it is too long.
 */
export function noteLeft(note: string): number {
  return note_bytes_max - new TextEncoder().encode(note.trim()).length;
}

/**
 * The beginning of a long note, cut between words; `null` if it is short enough to be shown whole.
 */
export function noteHead(note: string): string | null {
  const lines = note.split('\n');
  if (note.length <= head_chars * 1.25 && lines.length <= head_lines + 2) return null;
  const head = lines.slice(0, head_lines).join('\n');
  if (head.length <= head_chars) return head;
  const cut = head.slice(0, head_chars);
  const blank = cut.lastIndexOf(' ');
  return blank > head_chars / 2 ? cut.slice(0, blank) : [...cut].slice(0, -1).join('');
}
