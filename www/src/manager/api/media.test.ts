import { expect, test } from 'vitest';
import type { MediaRef } from '../../api/types';
import { savedName } from './media';

const photo: MediaRef = {
  hash: '0b52a1c9'.padEnd(64, '0'),
  bytes: 480_000,
  type: 'image/jpeg',
  name: 'image.jpg',
};
/** At noon, so that it is this day in every zone where people live. */
const seen = '2026-03-01T12:00:00Z';

test('a saved photo says when it was seen, and never bears the name of another', () => {
  expect(savedName(photo, seen)).toBe('2026-03-01 0b52a1c9 image.jpg');
  const other = { ...photo, hash: 'ff'.repeat(32) };
  expect(savedName(other, seen)).not.toBe(savedName(photo, seen));
});

test('letters of every language stay in the name of a saved file', () => {
  expect(savedName({ ...photo, name: 'Río Corrientes (2).JPG' }, seen)).toBe(
    '2026-03-01 0b52a1c9 Río Corrientes (2).jpg',
  );
});

test.each([
  ['../../etc/passwd', 'etc_passwd.jpg'],
  ['C:\\fotos\\caño.jpg', 'C_fotos_caño.jpg'],
  ['photo.jpg.exe', 'photo.jpg.jpg'],
  ['gpj\u202eexe.jpg', 'gpj_exe.jpg'],
  ['a\u0000b\nc.jpg', 'a_b_c.jpg'],
  ['.jpg', '.jpg'],
  ['', '.jpg'],
])('a name that could do harm, %j, is saved as another', (name, saved) => {
  const expected = `2026-03-01 0b52a1c9${saved.startsWith('.') ? '' : ' '}${saved}`;
  expect(savedName({ ...photo, name }, seen)).toBe(expected);
});

test('the ending follows the type, and the name where the type says nothing', () => {
  const audio = { ...photo, type: 'audio/webm;codecs=opus', name: 'Grabación' };
  expect(savedName(audio, seen)).toBe('2026-03-01 0b52a1c9 Grabación.webm');
  const map = { ...photo, type: 'application/pdf', name: 'mapa.PDF' };
  expect(savedName(map, seen)).toBe('2026-03-01 0b52a1c9 mapa.pdf');
});

test('a long name is cut between letters, and keeps its ending', () => {
  const saved = savedName({ ...photo, name: `${'ñ'.repeat(200)}.jpg` }, seen);
  expect(saved).toBe(`2026-03-01 0b52a1c9 ${'ñ'.repeat(60)}.jpg`);
});

test('a time that cannot be read leaves the day away', () => {
  expect(savedName(photo, 'ayer')).toBe('0b52a1c9 image.jpg');
});
