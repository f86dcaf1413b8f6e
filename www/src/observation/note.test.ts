import { expect, test } from 'vitest';
import { note_bytes_max, noteHead, noteLeft } from './note';

test.each([
  ['', note_bytes_max],
  ['  humo \n', note_bytes_max - 4],
  ['ñ', note_bytes_max - 2],
  ['x'.repeat(note_bytes_max), 0],
  ['x'.repeat(note_bytes_max + 1), -1],
  ['ñ'.repeat(note_bytes_max / 2 + 1), -2],
])('what is left of a note is counted in bytes, as it is saved', (note, left) => {
  expect(noteLeft(note)).toBe(left);
});

test.each([
  ['Humo al norte', null],
  ['x '.repeat(250), null],
  [Array.from({ length: 10 }, (_, n) => `línea ${n}`).join('\n'), null],
])('a short note is shown whole', (note, head) => {
  expect(noteHead(note)).toBe(head);
});

test('a long note is folded between words or lines, and its head is its beginning', () => {
  const words = 'palabra '.repeat(2000);
  const head = noteHead(words) ?? '';
  expect(words.startsWith(head)).toBe(true);
  expect(head.length).toBeLessThanOrEqual(400);
  expect(head.endsWith('palabra')).toBe(true);
  const lines = Array.from({ length: 470 }, (_, n) => `línea ${n}`).join('\n');
  expect(noteHead(lines)?.split('\n')).toHaveLength(8);
  expect(noteHead('🔥'.repeat(8000))).not.toContain('\uFFFD');
});
