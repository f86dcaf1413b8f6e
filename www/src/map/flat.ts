/**
 * Land and borders as a flat map draws them: cut at the antimeridian, and closed round the pole.
 *
 * The countries are drawn for a globe: Russia and Fiji go on beyond 180°, and Antarctica's coast
 * goes once round. On a flat map each such step would be an edge from one side of the world to the
 * other.
 */
import { geoEquirectangular } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

export type Countries = Topology<{ countries: GeometryCollection }>;

export interface Land {
  land: GeoJSON.FeatureCollection;
  /** Coasts and borders, each once. */
  borders: GeoJSON.MultiLineString;
}

/** Degrees in, degrees out, cut at the antimeridian; between two points it adds none. */
const flat = () =>
  geoEquirectangular()
    .scale(180 / Math.PI)
    .translate([0, 0])
    .precision(0)
    .reflectY(true);

export function flatten(topology: Countries): Land {
  const { countries } = topology.objects;
  const { features } = feature(topology, countries);
  const whole = mesh(topology, countries).coordinates;
  const crossing: GeoJSON.MultiLineString = {
    type: 'MultiLineString',
    coordinates: whole.filter(crosses),
  };
  // Only what crosses is cut: a slow phone waits for this.
  const cut = crossing.coordinates.length > 0 ? geoProject(crossing, flat()) : null;
  return {
    land: {
      type: 'FeatureCollection',
      features: features.map((country) =>
        rings(country.geometry).some(crosses) ? geoProject(country, flat()) : country,
      ),
    },
    borders: {
      type: 'MultiLineString',
      coordinates: [...whole.filter((line) => !crosses(line)), ...(cut?.coordinates ?? [])],
    },
  };
}

/** Whether a line steps from one edge of the world to the other. */
export function crosses(line: readonly GeoJSON.Position[]): boolean {
  return line.some((point, at) => at > 0 && Math.abs(point[0]! - line[at - 1]![0]!) > 180);
}

/** All rings of a country. */
export function rings(geometry: GeoJSON.Geometry): GeoJSON.Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
}
