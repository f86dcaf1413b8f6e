/** What stands on paper: the filters in words, and how many rows. */
import { categoryName } from '../../categories/catalogue';
import type { Words } from '../../strings/es';
import { isolated } from '../../strings/isolated';
import type { Filters } from '../api/filters';

/** Some 80 pages of paper. */
export const printed_rows_max = 2_000;

/** `category “Fire”, from 1 March 2026`; that these are all, if nothing is filtered. */
export function filterWords(filters: Filters, words: Words, code: string): string {
  const of = words.manager.workspace.inWords;
  const day = (date: string) =>
    new Intl.DateTimeFormat(code, { dateStyle: 'long' }).format(new Date(`${date}T12:00:00`));
  const parts = [
    ...(filters.category === ''
      ? []
      : [of.category(isolated(categoryName(filters.category, words)))]),
    ...(filters.text.trim() === '' ? [] : [of.text(isolated(filters.text.trim()))]),
    ...(filters.from === '' ? [] : [of.from(day(filters.from))]),
    ...(filters.to === '' ? [] : [of.to(day(filters.to))]),
    ...(filters.conflicts ? [of.conflicts] : []),
    ...(filters.mediaMissing ? [of.missing] : []),
  ];
  return parts.length === 0 ? of.all : parts.join(', ');
}
