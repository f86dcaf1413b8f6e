/** Files of an observation: where the laptop has them, what they are, what to call them outside. */
import type { MediaRef } from '../../api/types';
import { endingOf } from '../../observation/ending';
import { observedDay } from '../../time/observed';

/** The file itself. */
export const originalOf = (hash: string): string => `/api/v1/media/${hash}`;
/** A small JPEG of a photo, upright. */
export const previewOf = (hash: string): string => `${originalOf(hash)}/preview`;

const name_letters_max = 60;
const foreign = /[^\p{L}\p{M}\p{N} ._()-]+/gu;

/**
 * What a saved file is called, on any system: `2026-03-01 0b52a1c9 image.jpg`.
 *
 * Phones call many photos alike, so the day it was seen and the beginning of its hash go first.
 * What the record calls it comes from anybody: letters, digits and a few signs of it are kept, and
 * the ending is that of its type.
 */
export function savedName({ hash, name, type }: MediaRef, observed_at: string): string {
  const [base, ending] = apart(name);
  const said = base.replaceAll(foreign, '_').replaceAll(/^[ ._]+|[ ._]+$/g, '');
  const short = [...said].slice(0, name_letters_max).join('').trim();
  const day = observedDay(observed_at);
  const words = [day, hash.slice(0, 8), short].filter((word) => word !== '');
  return words.join(' ') + (endingOf(type) ?? ending);
}

/** A name, and the ending it has, if that is a plain one. */
function apart(name: string): [string, string] {
  const at = /\.[a-z0-9]{1,8}$/i.exec(name)?.index ?? name.length;
  return [name.slice(0, at), name.slice(at).toLowerCase()];
}
