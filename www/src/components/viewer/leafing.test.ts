import { expect, test } from 'vitest';
import { photoByKey } from './leafing';

test.each([
  ['ArrowRight', 1, 2],
  ['ArrowRight', 4, 4],
  ['ArrowLeft', 1, 0],
  ['ArrowLeft', 0, 0],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['Enter', 1, null],
  ['constructor', 1, null],
])('%s at place %i of five photos leads to %j', (key, at, to) => {
  expect(photoByKey(key, at, 5)).toBe(to);
});
