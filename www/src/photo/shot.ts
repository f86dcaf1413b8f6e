/** Where and when a photo was taken, as its file says or is to say. */
import type { Location } from '../api/types';

export interface Shot {
  /** RFC 3339 in UTC. */
  taken_at?: string;
  place?: Location;
  /** Who made the camera, and its model. */
  make?: string;
  model?: string;
}
