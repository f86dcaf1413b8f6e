/**
 * The phone's GPS while a form is open: where the phone is, and why that is not known.
 *
 * It blocks nothing and asks nobody to wait. The caller stops it; a watch left running empties a
 * battery.
 */
import { betterFix, type Fix } from './fix';

export type GpsState = 'off' | 'searching' | 'fixed' | 'denied' | 'unavailable' | 'insecure';

export class Gps {
  state = $state<GpsState>('off');
  best = $state.raw<Fix | null>(null);
  #watch: number | null = null;
  #onfix: (fix: Fix) => void;

  /** `onfix` is told of every reading, in the order in which they come. */
  constructor(onfix: (fix: Fix) => void = () => undefined) {
    this.#onfix = onfix;
  }

  start(): void {
    this.stop();
    this.best = null;
    if (!window.isSecureContext) {
      this.state = 'insecure';
      return;
    }
    if (!('geolocation' in navigator)) {
      this.state = 'unavailable';
      return;
    }
    this.state = 'searching';
    this.#watch = navigator.geolocation.watchPosition(
      (position) => this.#take(position),
      (error) => this.#miss(error),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 30_000 },
    );
  }

  stop(): void {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    this.state = 'off';
  }

  #take({ coords, timestamp }: GeolocationPosition): void {
    const fix: Fix = {
      lat: coords.latitude,
      lon: coords.longitude,
      accuracy_m: coords.accuracy,
      ...(coords.altitude === null ? {} : { altitude_m: coords.altitude }),
      source: 'gps',
      taken_ms: timestamp,
    };
    this.best = betterFix(this.best, fix);
    this.state = 'fixed';
    this.#onfix(fix);
  }

  #miss(error: GeolocationPositionError): void {
    if (this.best !== null) return;
    this.state = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable';
  }
}
