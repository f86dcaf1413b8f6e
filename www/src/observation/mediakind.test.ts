import { expect, test } from 'vitest';
import { inOrder, sorted } from './mediakind';

const photo = { hash: '0b52a1c9'.padEnd(64, '0'), bytes: 480_000, type: '', name: 'image.jpg' };

test('files are told apart by their type, in the order of the record', () => {
  const types = ['image/png', 'audio/ogg', 'application/pdf', 'video/webm', 'image/heic', ''];
  const kinds = sorted(types.map((type) => ({ ...photo, type })));
  expect(kinds.photo.map(({ type }) => type)).toEqual(['image/png', 'image/heic']);
  expect(kinds.sound).toHaveLength(1);
  expect(kinds.film).toHaveLength(1);
  expect(kinds.file.map(({ type }) => type)).toEqual(['application/pdf', '']);
});

test('photos come before what is heard and seen', () => {
  const types = ['video/webm', 'image/png', 'audio/ogg', 'image/jpeg'];
  const shown = inOrder(types.map((type) => ({ ...photo, type })));
  expect(shown.map(({ type }) => type)).toEqual([
    'image/png',
    'image/jpeg',
    'audio/ogg',
    'video/webm',
  ]);
});
