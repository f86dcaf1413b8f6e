/**
 * Records as points on the land map: clusters when many, coloured by category, one of them chosen.
 *
 * It is told what to show and says which point was chosen; it reads nothing from the laptop itself.
 */
import { LngLatBounds, type GeoJSONSource, type Map as LandMap } from 'maplibre-gl';
import { categories, categoryOf } from '../../categories/catalogue';
import { openLandMap } from '../../map/landmap';
import { pointLayers } from './pointlayers';
import { recordOf, type Points } from '../dashboard/points';

const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export class PointMap {
  #fitted = false;
  /** The number of the points that are drawn. */
  #drawn = 0;

  private constructor(
    private readonly map: LandMap,
    private readonly onSelect: (record: string) => void,
  ) {
    map.addSource('points', {
      type: 'geojson',
      data: empty,
      cluster: true,
      clusterRadius: 42,
      clusterMaxZoom: 13,
      promoteId: 'record',
    });
    map.addSource('chosen', { type: 'geojson', data: empty });
    for (const layer of pointLayers(categories, categoryOf('other').colour)) map.addLayer(layer);
    this.#listen();
  }

  /** Rejects where the browser has no WebGL. */
  static async open(frame: HTMLElement, onSelect: (record: string) => void): Promise<PointMap> {
    const map = openLandMap(frame);
    await map.once('load');
    return new PointMap(map, onSelect);
  }

  /** Resolves once the points can be seen and clicked. */
  async show(points: Points): Promise<void> {
    const source = this.#source('points');
    const { byRecord, change, number } = points;
    if (change?.before === this.#drawn && change.before !== 0) {
      const [add, away] = parted(change.set);
      void source.updateData({ add, remove: change.removed.concat(away) });
    } else {
      void source.setData({ ...empty, features: parted(byRecord.values())[0] });
    }
    this.#drawn = number;
    if (!this.#fitted && byRecord.size > 0) this.zoomTo(points);
    await this.map.once('idle');
  }

  select(record: string | null, points: Points): void {
    const found = record === null ? undefined : points.byRecord.get(record);
    void this.#source('chosen').setData({ ...empty, features: parted(found ? [found] : [])[0] });
    if (found?.geometry?.type !== 'Point') return;
    const center = found.geometry.coordinates as [number, number];
    if (!this.map.getBounds().contains(center)) this.map.easeTo({ center });
  }

  zoomTo(points: Points): void {
    const bounds = new LngLatBounds();
    for (const { geometry } of points.byRecord.values()) {
      if (geometry?.type === 'Point') bounds.extend(geometry.coordinates as [number, number]);
    }
    if (bounds.isEmpty()) return;
    this.#fitted = true;
    this.map.fitBounds(bounds, { padding: 48, maxZoom: 11, animate: false });
  }

  close(): void {
    this.map.remove();
  }

  #listen(): void {
    this.map.on('click', 'points', ({ features }) => {
      const record = features?.[0] && recordOf(features[0]);
      if (record) this.onSelect(record);
    });
    this.map.on('click', 'clusters', ({ features }) => {
      const cluster = features?.[0];
      if (cluster?.geometry.type === 'Point') {
        void this.#openCluster(cluster.properties['cluster_id'] as number, cluster.geometry);
      }
    });
    for (const layer of ['points', 'clusters']) {
      this.map.on('mouseenter', layer, () => (this.map.getCanvas().style.cursor = 'pointer'));
      this.map.on('mouseleave', layer, () => (this.map.getCanvas().style.cursor = ''));
    }
  }

  async #openCluster(id: number, { coordinates }: GeoJSON.Point): Promise<void> {
    const zoom = await this.#source('points').getClusterExpansionZoom(id);
    this.map.easeTo({ center: coordinates as [number, number], zoom });
  }

  #source(name: 'points' | 'chosen'): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }
}

/** Those that have a place, and the records of those that have none. */
function parted(features: Iterable<GeoJSON.Feature>): [GeoJSON.Feature[], string[]] {
  const placed: GeoJSON.Feature[] = [];
  const away: string[] = [];
  for (const feature of features) {
    if (feature.geometry) placed.push(feature);
    else away.push(recordOf(feature) ?? '');
  }
  return [placed, away];
}
