/** What the manager wants to see, as the query of the API. */
import { dayEnd, dayStart } from '../time/moment';

export interface Filters {
  category: string;
  text: string;
  /** Local days, `2026-03-01`; empty for no limit. */
  from: string;
  to: string;
  conflicts: boolean;
  /** Only what names a file that is not on the laptop. */
  mediaMissing: boolean;
}

export const noFilters: Filters = {
  category: '',
  text: '',
  from: '',
  to: '',
  conflicts: false,
  mediaMissing: false,
};

export function isFiltering(filters: Filters): boolean {
  return filterQuery(filters).toString() !== '';
}

export function filterQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.category !== '') query.set('category', filters.category);
  if (filters.text.trim() !== '') query.set('text', filters.text.trim());
  const from = dayStart(filters.from);
  const to = dayEnd(filters.to);
  if (from !== null) query.set('from', from);
  if (to !== null) query.set('to', to);
  if (filters.conflicts) query.set('conflicts', 'true');
  if (filters.mediaMissing) query.set('media', 'missing');
  return query;
}
