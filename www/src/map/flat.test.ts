import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Countries, crosses, flatten, rings } from './flat';

const file = 'node_modules/world-atlas/countries-50m.json';
const { land, borders } = flatten(JSON.parse(readFileSync(file, 'utf8')) as Countries);

/** Whether a point is inside of a ring, on the plane. */
function isInside([x, y]: [number, number], ring: GeoJSON.Position[]): boolean {
  let inside = false;
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
    const [[ax, ay], [bx, by]] = [ring[at] as [number, number], ring[last] as [number, number]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function countriesAt(point: [number, number]): unknown[] {
  const polygons = (geometry: GeoJSON.Geometry) =>
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  return land.features
    .filter(({ geometry }) =>
      polygons(geometry).some(
        ([outer, ...holes]) =>
          isInside(point, outer!) && !holes.some((hole) => isInside(point, hole)),
      ),
    )
    .map(({ properties }) => properties?.['name'] as unknown);
}

test('no coast, border or country has an edge from one side of the world to the other', () => {
  for (const { geometry, properties } of land.features) {
    const crossing = rings(geometry).filter(crosses);
    expect(crossing, String(properties?.['name'])).toEqual([]);
  }
  expect(borders.coordinates.filter(crosses)).toEqual([]);
  expect(borders.coordinates.length).toBeGreaterThan(500);
});

test('no border runs through southern Peru, Bolivia and Brazil at 16 to 18 degrees south', () => {
  // A frontier that was none went along every parallel of Fiji: any long step along a parallel is
  // one.
  const steps = borders.coordinates.flatMap((line) =>
    line.slice(1).map((point, at) => [line[at]!, point] as const),
  );
  const along = steps.filter(
    ([a, b]) => Math.abs(a[0]! - b[0]!) > 6 && Math.abs(a[1]!) < 70 && Math.abs(b[1]!) < 70,
  );
  expect(along).toEqual([]);
});

test.each<[string, [number, number], string]>([
  ['east of the antimeridian', [-175, 66.5], 'Russia'],
  ['west of it', [170, 67], 'Russia'],
  ['Fiji', [178.3, -18.0], 'Fiji'],
  ['Antarctica inland', [0, -80], 'Antarctica'],
  ['Antarctica beside the antimeridian', [179.9, -86], 'Antarctica'],
  ['Antarctica on its other side', [-179.9, -86], 'Antarctica'],
  ['near the pole', [45, -89.5], 'Antarctica'],
  ['Bolivia, where the false frontier was', [-63, -17], 'Bolivia'],
])('land stays land: %s', (_, point, name) => {
  expect(countriesAt(point)).toEqual([name]);
});

test.each<[string, [number, number]]>([
  ['the Pacific beside Fiji', [-150, -17]],
  ['the Pacific at the antimeridian', [179.9, 0]],
  ['the Atlantic', [-30, -17]],
])('water stays water: %s', (_, point) => {
  expect(countriesAt(point)).toEqual([]);
});
