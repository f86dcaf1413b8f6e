/**
 * The countries of Natural Earth at 1:50 million, from this build. Fetched once, when a map first
 * opens.
 */
import url from 'world-atlas/countries-50m.json?url';
import { type Countries, flatten, type Land } from './flat';

let countries: Promise<Land> | null = null;

export function loadCountries(): Promise<Land> {
  countries ??= fetch(url)
    .then((answer) => answer.json() as Promise<Countries>)
    .then(flatten)
    .catch((error: unknown) => {
      // The next map tries again.
      countries = null;
      throw error;
    });
  return countries;
}
