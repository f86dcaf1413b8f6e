import { expect, test } from 'vitest';
import { fileSize, gigabytes } from './filesize';

/** Between number and unit stands whatever space the language has there. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [13_370, '13,4 kB'],
  [999_999, '1 MB'],
  [2_440_000, '2,4 MB'],
  [412_000_000, '412 MB'],
  [4_294_967_295, '4,3 GB'],
  [3e15, '3000 TB'],
])('%i bytes are told as %s', (bytes, told) => {
  expect(plain(fileSize(bytes, 'es'))).toBe(told);
});

test('room is told in GB, however little it is', () => {
  expect(plain(gigabytes(34_120_000_000, 'en'))).toBe('34.1 GB');
  expect(plain(gigabytes(96_000_000, 'en'))).toBe('0.1 GB');
});
