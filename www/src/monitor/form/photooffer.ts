/** Whether what a photo says of where and when is worth a question. */
import type { Location } from '../../api/types';
import type { Shot } from '../../photo/shot';
import { distanceOf } from '../../place/fix';
import { observedMs } from '../../time/observed';

/** Nearer than GPS tells apart, or sooner than anybody means, nobody is asked. */
const apart_m_min = 100;
const apart_ms_min = 10 * 60_000;

export interface Offer {
  place?: Location;
  taken_at?: string;
}

/**
 * What of the photo the form may use. A place that was set by hand is the person's own, and so is
 * one of a record that was saved; the GPS only says where the form was filled in.
 */
export function offerOf(shot: Shot, place: Location | undefined, observed_at: string): Offer {
  const { place: there, taken_at } = shot;
  const elsewhere = there !== undefined && (!place || distanceOf(there, place) >= apart_m_min);
  const new_place = elsewhere && place?.source !== 'hand';
  const apart_ms = taken_at === undefined ? 0 : Date.parse(taken_at) - observedMs(observed_at);
  return {
    ...(new_place ? { place: there } : {}),
    ...(taken_at !== undefined && Math.abs(apart_ms) >= apart_ms_min ? { taken_at } : {}),
  };
}
