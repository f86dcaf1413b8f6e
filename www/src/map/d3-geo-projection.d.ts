/** The one function of it that is used; it comes without types. */
declare module 'd3-geo-projection' {
  import type { GeoProjection } from 'd3-geo';

  /** The same object on a plane, cut where the projection cuts. */
  export function geoProject<Shape extends GeoJSON.GeoJSON>(
    object: Shape,
    projection: GeoProjection,
  ): Shape;
}
