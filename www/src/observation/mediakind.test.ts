import { expect, test } from 'vitest';
import { photosApart } from './mediakind';

const photo = { hash: '0b52a1c9'.padEnd(64, '0'), bytes: 480_000, type: '', name: 'image.jpg' };
const types = ['application/pdf', 'video/webm', 'image/png', '', 'audio/ogg', 'image/heic'];

test('photos are told apart by their type, in the order of the record', () => {
  const { photos } = photosApart(types.map((type) => ({ ...photo, type })));
  expect(photos.map(({ type }) => type)).toEqual(['image/png', 'image/heic']);
});

test('of the others, what is heard comes before what is seen, and that before what is neither', () => {
  const { others } = photosApart(types.map((type) => ({ ...photo, type })));
  expect(others.map(({ type }) => type)).toEqual([
    'audio/ogg',
    'video/webm',
    'application/pdf',
    '',
  ]);
});
