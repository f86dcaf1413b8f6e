/** How large files are, in the unit that says enough: `340 kB`, `12 MB`, `1,4 GB`. */
const units = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const;

export function sizeText(bytes: number, language: string): string {
  const [unit, unit_bytes] = units.find(([, unit_bytes]) => bytes >= unit_bytes) ?? units[2];
  const size = bytes / unit_bytes;
  const maximumFractionDigits = size < 10 && unit !== 'kilobyte' ? 1 : 0;
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(language, style).format(
    unit === 'kilobyte' ? Math.ceil(size) : size,
  );
}
