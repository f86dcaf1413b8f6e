/** The value of any field, as text in the language of the page. */
import { categoryName } from '../categories/catalogue';
import type { Location } from '../api/types';
import { formatMetres, formatPlace } from '../place/coordinates';
import type { Words } from '../strings/es';
import { fullObserved } from '../time/observed';

/** `answers.depth` is shown as `depth`; the built-in fields by their name. */
export function fieldName(field: string, words: Words): string {
  const names: Record<string, string> = words.detail.fields;
  return names[field] ?? field.replace(/^answers\./, '').replaceAll('_', ' ');
}

export function fieldValue(field: string, value: unknown, words: Words, language: string): string {
  if (value === null || value === undefined || value === '') return words.detail.nothing;
  if (field === 'category' && typeof value === 'string') return categoryName(value, words);
  if (field === 'observed_at' && typeof value === 'string') return fullObserved(value, language);
  if (field === 'location' && isPlace(value)) return placeText(value, words);
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The numbers, and what they are worth: how exact the GPS was, or that a person set them. */
export function placeText(place: Location, words: Words): string {
  const { accuracy_m, source } = place;
  const said = source === 'hand' ? [words.place.byHand.toLowerCase()] : [];
  if (accuracy_m !== undefined) said.push(words.place.accuracy(formatMetres(accuracy_m)));
  return [formatPlace(place), ...said].join(', ');
}

function isPlace(value: unknown): value is Location {
  return typeof value === 'object' && value !== null && 'lat' in value && 'lon' in value;
}
