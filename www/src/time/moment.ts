/**
 * Times as people read and type them. Orders nothing: a phone's clock may be years off.
 *
 * What is stored is RFC 3339 in UTC; what is shown is the local time of the device.
 */

/** `14:32` today, `ayer, 14:32` the day before, `3 mar, 14:32` this year, `3 mar 2019, 14:32` otherwise. */
export function shortMoment(rfc3339: string, language: string, now = new Date()): string {
  const time = new Date(rfc3339);
  if (Number.isNaN(time.getTime())) return rfc3339;
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  if (time.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(language, clock).format(time);
  }
  const before = new Date(now);
  before.setDate(now.getDate() - 1);
  if (time.toDateString() === before.toDateString()) {
    const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-1, 'day');
    return `${day}, ${new Intl.DateTimeFormat(language, clock).format(time)}`;
  }
  const sameYear = time.getFullYear() === now.getFullYear();
  const told = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...clock,
  }).format(time);
  // Portuguese says `3 de mar., 14:32`: too long beside what was seen.
  return told.replaceAll(' de ', ' ').replaceAll('.', '');
}

/** Day, month, year and time, always. */
export function fullMoment(rfc3339: string, language: string): string {
  const time = new Date(rfc3339);
  if (Number.isNaN(time.getTime())) return rfc3339;
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(time);
}

/** For `<input type="datetime-local">`. */
export function toInput(rfc3339: string): string {
  const time = new Date(rfc3339);
  if (Number.isNaN(time.getTime())) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  const year = String(time.getFullYear()).padStart(4, '0');
  const date = `${year}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** From `<input type="datetime-local">`, `null` when it is empty or no time. */
export function fromInput(local: string): string | null {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The first and last instant of the local day in `<input type="date">`, in UTC. */
export function dayStart(date: string): string | null {
  return fromInput(date === '' ? '' : `${date}T00:00:00.000`);
}

export function dayEnd(date: string): string | null {
  return fromInput(date === '' ? '' : `${date}T23:59:59.999`);
}
