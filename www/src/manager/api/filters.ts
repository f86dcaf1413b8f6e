/** What the manager wants to see, as the query of the API. */
import { zoneHere } from '../../time/zone';

export interface Filters {
  category: string;
  text: string;
  /** Days, `2026-03-01`; empty for no limit. */
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
  if (filters.from !== '') query.set('from', filters.from);
  if (filters.to !== '') query.set('to', filters.to);
  if (filters.conflicts) query.set('conflicts', 'true');
  if (filters.mediaMissing) query.set('media', 'missing');
  // What day a moment without an offset was on, depends on where one asks.
  const zone = filters.from === '' && filters.to === '' ? null : zoneHere();
  if (zone !== null) query.set('zone', zone);
  return query;
}
