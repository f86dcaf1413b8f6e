/**
 * Directories of a TIFF file, as EXIF is made of: enough to write a photo's time and place.
 *
 * The libraries that write EXIF are not kept any more and know nothing of time zones (EXIF 2.31).
 */

/** A value of a directory. Of a `rational`, each number is rounded to a ten-thousandth. */
export type Value =
  | { type: 'ascii'; text: string }
  | { type: 'byte' | 'short' | 'long' | 'rational'; numbers: number[] };

/** By tag; a directory within this one stands by the tag that points to it. */
export type Directory = Map<number, Value | Directory>;

const kinds = {
  byte: { code: 1, bytes: 1 },
  ascii: { code: 2, bytes: 1 },
  short: { code: 3, bytes: 2 },
  long: { code: 4, bytes: 4 },
  rational: { code: 5, bytes: 8 },
} as const;

const header_bytes = 8;
const entry_bytes = 12;
const denominator = 10_000;

/** The whole file, big-endian. */
export function tiff(directory: Directory): Uint8Array<ArrayBuffer> {
  const file = new DataView(new ArrayBuffer(header_bytes + sizeOf(directory)));
  file.setUint16(0, 0x4d4d);
  file.setUint16(2, 42);
  file.setUint32(4, header_bytes);
  write(file, header_bytes, directory);
  return new Uint8Array(file.buffer);
}

/** Entries, then what does not fit into them, then the directories within. */
function write(file: DataView, at: number, directory: Directory): void {
  // Readers may rely on the order of the tags.
  const entries = [...directory].sort(([a], [b]) => a - b);
  file.setUint16(at, entries.length);
  let free = at + 2 + entries.length * entry_bytes + 4;
  entries.forEach(([tag, value], n) => {
    const entry = at + 2 + n * entry_bytes;
    file.setUint16(entry, tag);
    if (value instanceof Map) {
      head(file, entry, kinds.long.code, 1);
      file.setUint32(entry + 8, free);
      write(file, free, value);
      free += sizeOf(value);
      return;
    }
    const numbers = numbersOf(value);
    const { code, bytes } = kinds[value.type];
    head(file, entry, code, numbers.length);
    if (numbers.length * bytes <= 4) return put(file, entry + 8, bytes, numbers);
    file.setUint32(entry + 8, free);
    put(file, free, bytes, numbers);
    free += even(numbers.length * bytes);
  });
}

function head(file: DataView, entry: number, code: number, count: number): void {
  file.setUint16(entry + 2, code);
  file.setUint32(entry + 4, count);
}

function put(file: DataView, at: number, bytes: 1 | 2 | 4 | 8, numbers: number[]): void {
  numbers.forEach((number, n) => {
    const to = at + n * bytes;
    if (bytes === 1) file.setUint8(to, number);
    if (bytes === 2) file.setUint16(to, number);
    if (bytes === 4) file.setUint32(to, number);
    if (bytes === 8) {
      file.setUint32(to, Math.round(number * denominator));
      file.setUint32(to + 4, denominator);
    }
  });
}

function sizeOf(directory: Directory): number {
  let size = 2 + directory.size * entry_bytes + 4;
  for (const value of directory.values()) {
    const bytes =
      value instanceof Map ? sizeOf(value) : numbersOf(value).length * kinds[value.type].bytes;
    if (value instanceof Map || bytes > 4) size += even(bytes);
  }
  return size;
}

/** Text ends in a zero, and is ASCII: what is not becomes a question mark. */
function numbersOf(value: Value): number[] {
  if (value.type !== 'ascii') return value.numbers;
  return [...value.text.replace(/[^\x20-\x7e]/g, '?')].map((char) => char.charCodeAt(0)).concat(0);
}

/** Values begin at even places. */
function even(bytes: number): number {
  return bytes + (bytes % 2);
}
