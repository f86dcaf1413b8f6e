import { expect, test } from 'vitest';
import { endingOf } from './ending';

test.each([
  ['image/jpeg', '.jpg'],
  ['audio/webm;codecs=opus', '.webm'],
  ['Video/MP4 ; codecs="avc1"', '.mp4'],
  ['application/pdf', null],
  ['constructor', null],
  ['', null],
])('a name of the type %j ends in %j', (type, ending) => {
  expect(endingOf(type)).toBe(ending);
});
