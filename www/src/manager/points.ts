/** Records as the API's GeoJSON gives them. Flat properties; nothing is drawn here. */
export type Points = GeoJSON.FeatureCollection;

/** The record a feature stands for, in its properties or as its id. */
export function recordOf(feature: GeoJSON.Feature): string | null {
  const record: unknown = feature.properties?.['record'] ?? feature.id;
  return typeof record === 'string' ? record : null;
}
