/** Categories that came with files of others, to be filtered by. */
import { isKnown } from '../../categories/catalogue';

/** A list to choose from is no longer than a person reads. */
const own_max = 200;

/**
 * The list with those of these categories that this build has no name for; the same list if there
 * is none.
 */
export function withOwn(list: string[], categories: string[]): string[] {
  const more = new Set(list);
  for (const category of categories) {
    if (more.size < own_max && category !== '' && !isKnown(category)) more.add(category);
  }
  return more.size === list.length ? list : [...more].sort((a, b) => a.localeCompare(b));
}
