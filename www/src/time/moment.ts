/**
 * Moments as people read them, by the clock of this device: when something was written, sent or
 * received. When it was seen is told by `observed.ts`. Orders nothing: a phone's clock may be years
 * off.
 */
import { fullClock, shortClock } from './clock';

/** See `shortClock`. */
export function shortMoment(rfc3339: string, language: string, now = new Date()): string {
  const time = new Date(rfc3339);
  return Number.isNaN(time.getTime())
    ? rfc3339
    : shortClock(clockHere(time), clockHere(now), language, true);
}

/** Day, month, year and time, always. */
export function fullMoment(rfc3339: string, language: string): string {
  const time = new Date(rfc3339);
  return Number.isNaN(time.getTime()) ? rfc3339 : fullClock(clockHere(time), language, true);
}

/** What the clock of this device said then, as if it stood in UTC. */
function clockHere(at: Date): Date {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
}
