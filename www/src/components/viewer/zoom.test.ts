import { expect, test } from 'vitest';
import { moved, scale_max, whole, zoomed } from './zoom';

const stage = { width: 360, height: 600 };

test('what is under the fingers stays under them', () => {
  const point = { x: 40, y: -100 };
  const near = zoomed(whole, 2, point, stage);
  // The same place of the photo, before and after.
  expect((point.x - near.x) / near.scale).toBeCloseTo(point.x);
  expect((point.y - near.y) / near.scale).toBeCloseTo(point.y);
});

test('a photo is never smaller than it fits, and never beyond the largest scale', () => {
  expect(zoomed(whole, 0.5, { x: 10, y: 10 }, stage)).toEqual(whole);
  expect(zoomed(whole, 100, { x: 0, y: 0 }, stage).scale).toBe(scale_max);
});

test('one that is seen whole does not move, and a larger one not beyond its edge', () => {
  expect(moved(whole, { x: 50, y: -50 }, stage)).toEqual(whole);
  const near = zoomed(whole, 3, { x: 0, y: 0 }, stage);
  expect(moved(near, { x: 9999, y: -9999 }, stage)).toEqual({ scale: 3, x: 360, y: -600 });
});

test('a photo made as small as it fits lies in the middle again', () => {
  const aside = moved(zoomed(whole, 3, { x: 0, y: 0 }, stage), { x: 300, y: 300 }, stage);
  expect(zoomed(aside, 0.1, { x: 170, y: 280 }, stage)).toEqual(whole);
});
