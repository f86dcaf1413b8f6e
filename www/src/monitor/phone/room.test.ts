import { expect, test } from 'vitest';
import { levelOf, room_low_bytes, room_out_bytes } from './room.svelte';

const with_left = (left: number | null) => (bytes: number) =>
  Promise.resolve(left === null ? null : bytes <= left);

test.each([
  [room_low_bytes, 'enough'],
  [room_low_bytes - 1, 'low'],
  [room_out_bytes, 'low'],
  [room_out_bytes - 1, 'out'],
  [0, 'out'],
  [null, 'enough'],
])('a phone with %s bytes left has %s', async (left, level) => {
  expect(await levelOf(with_left(left))).toBe(level);
});
