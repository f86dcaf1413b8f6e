/**
 * The base map: coasts and borders of Natural Earth and a few towns, all in this build.
 *
 * No tiles, no glyphs, no sprite: text is drawn from the device's own fonts. Throws where the
 * browser has no WebGL.
 */
import { Map as LandMap, Marker, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { StyleSpecification } from 'maplibre-gl';
import { language } from '../strings/language.svelte';
import { loadCountries } from './countries';
import { towns } from './towns';

setWorkerUrl(workerUrl);

const style: StyleSpecification = {
  version: 8,
  sources: {
    countries: { type: 'geojson', data: emptyCollection(), maxzoom: 8, tolerance: 0.2 },
    towns: { type: 'geojson', data: towns },
  },
  layers: [
    { id: 'water', type: 'background', paint: { 'background-color': '#cfe3ee' } },
    { id: 'land', type: 'fill', source: 'countries', paint: { 'fill-color': '#f3f1e4' } },
    {
      id: 'borders',
      type: 'line',
      source: 'countries',
      paint: { 'line-color': '#8d8a78', 'line-width': 1.2 },
    },
    {
      id: 'towns',
      type: 'symbol',
      source: 'towns',
      layout: {
        'text-field': ['concat', '◦ ', ['get', 'name']],
        'text-font': ['sans-serif'],
        'text-size': 12,
        'text-anchor': 'left',
        'text-optional': true,
      },
      paint: { 'text-color': '#5c5a4e', 'text-halo-color': '#ffffff', 'text-halo-width': 1.4 },
    },
  ],
};

/** The western Amazon, where this is used, unless told otherwise. */
export const home = { center: [-73.5, -5.5] as [number, number], zoom: 4 };

export function openLandMap(
  container: HTMLElement,
  view: { center: [number, number]; zoom: number } = home,
): LandMap {
  const map = new LandMap({
    container,
    style,
    ...view,
    maxZoom: 18,
    attributionControl: { compact: true, customAttribution: 'Natural Earth' },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    locale: language.words.map,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl({ unit: 'metric' }));
  void Promise.all([loadCountries(), map.once('load')]).then(([countries]) => {
    const source = map.getSource('countries');
    if (source !== undefined && 'setData' in source) {
      (source as { setData(data: unknown): void }).setData(countries);
    }
  });
  return map;
}

export function placeMarker(): Marker {
  return new Marker({ color: '#b3261e' });
}

function emptyCollection(): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [] };
}
