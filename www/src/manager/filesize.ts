/** Sizes of files as people read them: `2.4 MB`, a million bytes each, as file managers and shops count. */
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function fileSize(bytes: number, language: string): string {
  let [value, power] = [bytes, 0];
  // What would be rounded to a thousand is one of the next.
  for (; value >= 999.5 && power < units.length - 1; power += 1) value /= 1000;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power]!,
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** Room on a disk, in GB whatever it is, since people compare it with what a disk has. */
export function gigabytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'gigabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1e9);
}
