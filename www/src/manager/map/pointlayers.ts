/**
 * How points look on the manager's map. Text comes from the device's own fonts: the style has no
 * glyphs.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Category } from '../../categories/catalogue';

export function pointLayers(known: readonly Category[], otherColour: string): LayerSpecification[] {
  const colour = [
    'match',
    ['get', 'category'],
    ...known.flatMap(({ id, colour }) => [id, colour]),
    otherColour,
  ] as unknown as ExpressionSpecification;
  return [
    {
      id: 'clusters',
      type: 'circle',
      source: 'points',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': '#0b4f3a',
        'circle-opacity': 0.88,
        'circle-radius': ['step', ['get', 'point_count'], 14, 50, 19, 500, 25],
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'cluster-counts',
      type: 'symbol',
      source: 'points',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': ['sans-serif'],
        'text-size': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-color': colour,
        'circle-radius': 7,
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-color': colour,
        'circle-radius': 9,
        'circle-stroke-color': '#f2a33a',
        'circle-stroke-width': 4,
      },
    },
  ];
}
