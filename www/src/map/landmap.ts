/**
 * The base map: coasts and borders of Natural Earth and a few towns, all in this build.
 *
 * No tiles, no glyphs, no sprite: text is drawn from the device's own fonts. Throws where the
 * browser has no WebGL.
 */
import { Map as LandMap, Marker, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import './landmap.css';
import type { GeoJSONSource, StyleSpecification } from 'maplibre-gl';
import { language } from '../strings/language.svelte';
import { loadCountries } from './countries';
import { towns } from './towns';

setWorkerUrl(workerUrl);

const style: StyleSpecification = {
  version: 8,
  sources: {
    land: { type: 'geojson', data: emptyCollection(), maxzoom: 8, tolerance: 0.2 },
    borders: { type: 'geojson', data: emptyCollection(), maxzoom: 8, tolerance: 0.2 },
    towns: { type: 'geojson', data: towns },
  },
  layers: [
    { id: 'water', type: 'background', paint: { 'background-color': '#cfe3ee' } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': '#f3f1e4' } },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
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
const home = { center: [-73.5, -5.5] as [number, number], zoom: 4 };

export interface LandMapOptions {
  view?: { center: [number, number]; zoom: number } | undefined;
  /**
   * One finger, or the wheel alone, scrolls the page that the map is part of; two fingers move the
   * map.
   */
  cooperative?: boolean;
}

export function openLandMap(container: HTMLElement, options: LandMapOptions = {}): LandMap {
  const map = new LandMap({
    container,
    style,
    ...(options.view ?? home),
    maxZoom: 18,
    locale: language.words.map,
    cooperativeGestures: options.cooperative ?? false,
    // A line of text: folded, it would have a button, and nothing more to say.
    attributionControl: { compact: false, customAttribution: 'Natural Earth' },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl({ unit: 'metric' }));
  void Promise.all([loadCountries(), map.once('load')]).then(([{ land, borders }]) => {
    // A map that was closed meanwhile has no sources.
    void map.getSource<GeoJSONSource>('land')?.setData(land);
    void map.getSource<GeoJSONSource>('borders')?.setData(borders);
  });
  return map;
}

export function placeMarker(): Marker {
  return new Marker({ color: '#b3261e' });
}

function emptyCollection(): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [] };
}
