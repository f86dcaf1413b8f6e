/**
 * Words that people wrote, inside a sentence of ours: set apart, so that their direction cannot
 * turn the rest of the sentence round. A sentence that takes such words asks for `Isolated` ones,
 * and `Said` shows it with a `<bdi>` around each.
 */

/** What `isolated` made. */
export type Isolated = string & { readonly isolated: true };

/**
 * First strong isolate and pop directional isolate (UAX 9): in a plain text what `<bdi>` is in a
 * page.
 */
const [open, close] = ['\u2068', '\u2069'];
/**
 * Marks, embeddings, overrides and isolates, which would reach beyond the word or end its isolation
 * early.
 */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function isolated(words: string): Isolated {
  return `${open}${words.replace(turns, '')}${close}` as Isolated;
}

export interface Part {
  text: string;
  /** Whether people wrote it. */
  isOthers: boolean;
}

/** A sentence in its parts, in order, without the marks between them. */
export function partsOf(sentence: string): Part[] {
  const parts = sentence.split(/[\u2068\u2069]/);
  return parts
    .map((text, at) => ({ text, isOthers: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
