/**
 * The place of one form: what the GPS holds, what a person sets instead, and what a person is
 * asked.
 *
 * What a person sets is the person's own: no reading of the GPS changes it, and the GPS falls
 * silent.
 */
import type { Location } from '../api/types';
import { TypedText } from '../components/typed.svelte';
import { parseDegrees, parsePair, placeByHand } from './coordinates';
import * as fixes from './fix';
import { Gps } from './gps.svelte';

/** How the numbers typed by hand stand. */
export type Reading = 'untouched' | 'read' | 'incomplete' | 'unreadable';

export class FormPlace {
  value = $state.raw<Location | undefined>(undefined);
  held = $state.raw<fixes.Held>(fixes.nothing_held);
  readonly gps = new Gps((fix) => this.#hold(fixes.take(this.held, fix)));
  readonly lat = new TypedText(() => (this.value === undefined ? '' : String(this.value.lat)));
  readonly lon = new TypedText(() => (this.value === undefined ? '' : String(this.value.lon)));
  reading = $derived.by<Reading>(() => this.#read());
  /** The fix that the form has; null where the place is not the GPS's. */
  fix = $derived(this.value?.source === 'gps' ? this.held.fix : null);

  /**
   * `taken_ms` says how old a place from the GPS is that a draft brings; without it nothing more is
   * known of it.
   */
  constructor(value: Location | undefined, taken_ms?: number) {
    this.value = value;
    if (value?.source === 'gps' && value.accuracy_m !== undefined && taken_ms !== undefined) {
      const fix = { ...value, accuracy_m: value.accuracy_m, source: 'gps', taken_ms } as const;
      this.held = fixes.heldAgain(fix);
    }
  }

  /** Begins to look, unless the form has a place that the GPS is not asked about. */
  begin(): void {
    if (this.value === undefined || this.held.fix !== null) this.gps.start();
  }

  /** A person wants the GPS's place. The one before stays until there is one. */
  useGps(): void {
    this.#letGoTyped();
    this.held = fixes.nothing_held;
    this.gps.start();
  }

  /** A person set a place: on the map, or that of a photo. */
  put(place: Location | undefined): void {
    this.#letGoTyped();
    this.gps.stop();
    this.held = fixes.nothing_held;
    this.value = place;
  }

  /** A person types into one of the two numbers. Both at once may be pasted into either. */
  type(into: 'lat' | 'lon', text: string): void {
    // The other number must stay what it was when the person began.
    this.gps.stop();
    const pasted = Math.abs(text.length - this[into].text.length) > 1;
    const [lat, lon] = [this.lat.text, this.lon.text];
    this.lat.type(into === 'lat' ? text : lat);
    this.lon.type(into === 'lon' ? text : lon);
    this.#takeTyped();
    if (pasted) this.endTyping();
  }

  /** The person has left the numbers: two that stand in one of them are set apart. */
  endTyping(): void {
    const alone = this.#read() === 'unreadable';
    const pair = alone ? (parsePair(this.lat.text) ?? parsePair(this.lon.text)) : null;
    if (pair === null) return;
    this.lat.type(String(pair.lat));
    this.lon.type(String(pair.lon));
    this.#takeTyped();
  }

  photoTaken(): void {
    this.#hold(fixes.photoTaken(this.held, Date.now()));
  }

  holdHere(): void {
    this.#hold(fixes.holdHere(this.held));
  }

  accept(): void {
    this.#hold(fixes.accept(this.held));
  }

  #hold(held: fixes.Held): void {
    const moved = held.fix !== this.held.fix;
    this.held = held;
    if (moved && held.fix !== null) this.value = fixes.placeOf(held.fix);
  }

  #takeTyped(): void {
    const place = placeByHand(this.lat.text, this.lon.text);
    if (place !== null) this.value = place;
  }

  #letGoTyped(): void {
    this.lat.letGo();
    this.lon.letGo();
  }

  #read(): Reading {
    if (!this.lat.touched && !this.lon.touched) return 'untouched';
    const [lat, lon] = [this.lat.text, this.lon.text];
    if (placeByHand(lat, lon) !== null) return 'read';
    const fits = [fitsSoFar(lat, 90), fitsSoFar(lon, 180)];
    return fits.includes(false) ? 'unreadable' : 'incomplete';
  }
}

/** Whether a text is a number of degrees, or may become one. */
function fitsSoFar(text: string, limit: 90 | 180): boolean {
  return /^\s*[-+\u2212]?\s*$/.test(text) || parseDegrees(text, limit) !== null;
}
