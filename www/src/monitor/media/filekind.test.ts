import { expect, test } from 'vitest';
import { es } from '../../strings/es';
import { kindName } from './filekind';

test('a photo, an audio recording and a video are called so in the language of the page', () => {
  expect(kindName('image/jpeg', es)).toBe('Foto');
  expect(kindName('audio/webm', es)).toBe('Sonido');
  expect(kindName('video/webm;codecs=vp8', es)).toBe('Video');
});

test('any other file has only its own name', () => {
  expect(kindName('application/pdf', es)).toBeNull();
  expect(kindName('constructor', es)).toBeNull();
  expect(kindName('', es)).toBeNull();
});
