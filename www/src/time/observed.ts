/**
 * When something was seen, as people read and type it: a day of which nobody said the hour, or a
 * moment.
 *
 * A day is that day in every zone. A moment is shown by the clock that it was read from, where that
 * is known, as the people there saw it; else by the clock of this device.
 */
import { clockText, dayName, dayText, fullClock, shortClock, timeName } from './clock';

/** Minutes by which the clock of this device is ahead of UTC at a moment. */
const offsetHere = (ms: number): number => -new Date(ms).getTimezoneOffset();

const minute_ms = 60_000;
const day_shape = /^\d{4}-\d{2}-\d{2}$/;
const typed_shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const offset_shape = /([+-])(\d{2}):(\d{2})$/;

/** `clock` is what the clock said, as if it had been UTC; of a day its beginning. */
interface Observed {
  is_day: boolean;
  clock: Date;
  /** Minutes ahead of UTC, as it was said; `null` for a day, and where nobody said it. */
  offset_min: number | null;
}

function read(text: string): Observed | null {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  if (day_shape.test(text)) return { is_day: true, clock: new Date(ms), offset_min: null };
  const [, sign, hours, minutes] = offset_shape.exec(text) ?? [];
  const said = sign === undefined ? null : Number(hours) * 60 + Number(minutes);
  const offset_min = said === null ? null : sign === '-' ? -said : said;
  const clock = new Date(ms + (offset_min ?? offsetHere(ms)) * minute_ms);
  return { is_day: false, clock, offset_min };
}

export const isDay = (text: string): boolean => day_shape.test(text);

/** The moment in milliseconds; of a day its noon in UTC, as the engine orders it. */
export function observedMs(text: string): number {
  return Date.parse(text) + (isDay(text) ? 12 * 60 * minute_ms : 0);
}

/** As short as it can be understood today. */
export function shortObserved(text: string, language: string, now = new Date()): string {
  const seen = read(text);
  if (seen === null) return text;
  return shortClock(seen.clock, hereClock(now), language, !seen.is_day);
}

/**
 * Day, month and year, and the time if there is one, with its zone where that is another than here.
 */
export function fullObserved(text: string, language: string): string {
  const seen = read(text);
  if (seen === null) return text;
  const told = fullClock(seen.clock, language, !seen.is_day);
  const { offset_min } = seen;
  const is_far = offset_min !== null && offset_min !== offsetHere(Date.parse(text));
  return is_far ? `${told} (UTC${offsetName(offset_min)})` : told;
}

/** The day on which it was seen, where it was seen: `2026-03-01`. */
export function observedDay(text: string): string {
  const seen = read(text);
  return seen === null ? '' : dayText(seen.clock);
}

/** The time of that day; empty where nobody said it. */
export function observedTime(text: string, language: string): string {
  const seen = read(text);
  return seen === null || seen.is_day ? '' : timeName(seen.clock, language);
}

/** A day, `2026-03-01`, in words: `Hoy`, `Ayer`, or its weekday and date. */
export function dayHeading(day: string, today: string, language: string): string {
  return isDay(day) ? dayName(new Date(day), new Date(today), language) : day;
}

/** The day that it is here. */
export const dayHere = (now: Date): string => dayText(hereClock(now));

/** For `<input type="datetime-local">`, or of a day for `<input type="date">`. */
export function toObservedInput(text: string): string {
  const seen = read(text);
  if (seen === null) return '';
  return seen.is_day ? dayText(seen.clock) : clockText(seen.clock);
}

/**
 * From what was typed in place of `before`; `null` when it is empty or no time. A day stays a day
 * as long as no time is typed, and a moment stays on the clock that it was read from.
 */
export function fromObservedInput(typed: string, before: string): string | null {
  if (isDay(typed)) return isReal(typed) ? typed : null;
  const clock_ms = typed_shape.test(typed) ? Date.parse(`${typed.slice(0, 16)}:00Z`) : Number.NaN;
  if (Number.isNaN(clock_ms) || !isReal(typed.slice(0, 10))) return null;
  const here = -new Date(typed).getTimezoneOffset();
  const offset_min = read(before)?.offset_min ?? here;
  return written(new Date(clock_ms), offset_min);
}

/** Whether the calendar has the day: `Date.parse` takes a 31 February for a 3 March. */
function isReal(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && dayText(new Date(ms)) === day;
}

/** A moment by the clock of this device, which goes with it. */
export function observedNow(now: Date): string {
  return written(hereClock(now), offsetHere(now.getTime()));
}

/** What the clock here said at a moment, as if it had been UTC. */
function hereClock(at: Date): Date {
  return new Date(at.getTime() + offsetHere(at.getTime()) * minute_ms);
}

function written(clock: Date, offset_min: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const [sign, ahead] = offset_min < 0 ? ['-', -offset_min] : ['+', offset_min];
  const offset = `${sign}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
  return clock.toISOString().replace('.000Z', 'Z').replace('Z', offset);
}

/** `−5`, `+5:45`. */
function offsetName(offset_min: number): string {
  const ahead = Math.abs(offset_min);
  const minutes = ahead % 60 === 0 ? '' : `:${String(ahead % 60).padStart(2, '0')}`;
  return `${offset_min < 0 ? '−' : '+'}${Math.floor(ahead / 60)}${minutes}`;
}
