/** What a clock says, in words. Each `Date` here is what the clock shows, as if it stood in UTC. */

const day_ms = 86_400_000;

/**
 * `14:32` today, `ayer, 14:32` the day before, `3 mar, 14:32` this year, `3 mar 2019, 14:32`
 * otherwise; a day without a time is called `hoy` and `ayer`.
 */
export function shortClock(clock: Date, now: Date, language: string, hasTime: boolean): string {
  const time = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  const said = hasTime ? format(clock, language, time) : '';
  const today = dayText(now);
  const before = new Date(now);
  before.setUTCDate(now.getUTCDate() - 1);
  if (dayText(clock) === today) return hasTime ? said : relativeDay(0, language);
  if (dayText(clock) === dayText(before)) {
    const day = relativeDay(-1, language);
    return hasTime ? `${day}, ${said}` : day;
  }
  const sameYear = clock.getUTCFullYear() === now.getUTCFullYear();
  const told = format(clock, language, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...(hasTime ? time : {}),
  });
  return plain(told);
}

/** Portuguese says `3 de mar., 14:32`: too long beside what was seen. */
function plain(told: string): string {
  return told.replaceAll(' de ', ' ').replaceAll('.', '');
}

/** Day, month and year, and the time if there is one. */
export function fullClock(clock: Date, language: string, hasTime: boolean): string {
  return format(clock, language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(hasTime ? { hour: '2-digit', minute: '2-digit', hour12: false } : {}),
  });
}

/** `14:32`. */
export function timeName(clock: Date, language: string): string {
  return format(clock, language, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** `Hoy`, `Ayer`, `Mar, 3 mar` in the year of `now`, `3 mar 2019` otherwise. */
export function dayName(day: Date, now: Date, language: string): string {
  const ago = Math.round((Date.parse(dayText(now)) - Date.parse(dayText(day))) / day_ms);
  const sameYear = day.getUTCFullYear() === now.getUTCFullYear();
  const date = { day: 'numeric', month: 'short' } as const;
  const told =
    ago === 0 || ago === 1
      ? relativeDay(-ago, language)
      : format(
          day,
          language,
          sameYear ? { weekday: 'short', ...date } : { year: 'numeric', ...date },
        );
  const [first = '', ...rest] = plain(told);
  return first.toLocaleUpperCase(language) + rest.join('');
}

/** `2026-03-01`. */
export function dayText(clock: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const year = String(clock.getUTCFullYear()).padStart(4, '0');
  return `${year}-${two(clock.getUTCMonth() + 1)}-${two(clock.getUTCDate())}`;
}

/** `2026-03-01T07:05`. */
export function clockText(clock: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dayText(clock)}T${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}`;
}

function relativeDay(days: number, language: string): string {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
}

function format(clock: Date, language: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' }).format(clock);
}
