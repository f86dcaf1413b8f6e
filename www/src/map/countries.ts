/**
 * The countries of Natural Earth at 1:50 million, from this build. Fetched once, when a map first
 * opens.
 */
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import url from 'world-atlas/countries-50m.json?url';

let countries: Promise<GeoJSON.FeatureCollection> | null = null;

export function loadCountries(): Promise<GeoJSON.FeatureCollection> {
  countries ??= fetch(url)
    .then((answer) => answer.json() as Promise<Topology<{ countries: GeometryCollection }>>)
    .then((topology) => feature(topology, topology.objects.countries))
    .catch((error: unknown) => {
      // The next map tries again.
      countries = null;
      throw error;
    });
  return countries;
}
