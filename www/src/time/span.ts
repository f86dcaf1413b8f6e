/** How long something is, in the largest unit that says enough: `3 horas`, `2 años`. */
const units = [
  ['year', 365 * 24 * 3_600_000],
  ['day', 24 * 3_600_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function span(ms: number, language: string): string {
  const [unit, unit_ms] = units.find(([, unit_ms]) => ms >= unit_ms) ?? units[3];
  const count = Math.round(ms / unit_ms);
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(language, style).format(count);
}

/** How long a recording is, as a clock counts it: `1:05`, `1:00:00`. */
export function lengthText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const end = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${end}` : `${minutes}:${end}`;
}

/** `hace 12 s`, `hace 3 min`, `hace 2 h`: how long ago something was, as short as can be said. */
export function agoText(ms: number, language: string): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const style = { numeric: 'always', style: 'short' } as const;
  const ago = new Intl.RelativeTimeFormat(language, style);
  if (seconds < 60) return ago.format(-seconds, 'second');
  if (seconds < 3600) return ago.format(-Math.floor(seconds / 60), 'minute');
  return ago.format(-Math.floor(seconds / 3600), 'hour');
}
