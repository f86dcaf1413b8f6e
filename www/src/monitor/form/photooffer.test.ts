import { expect, test } from 'vitest';
import type { Location } from '../../api/types';
import { offerOf } from './photooffer';

const at = (lat: number, source: Location['source'] = 'gps'): Location => ({
  lat,
  lon: -73.25,
  source,
});
const noon = '2026-11-12T17:00:00.000Z';
const shot = { place: at(-4.5), taken_at: '2026-11-12T14:12:00.000Z' };

test('a form without a place is offered that of the photo, and its time', () => {
  expect(offerOf(shot, undefined, noon)).toEqual(shot);
});

test('where the form is filled in is not where the photo was taken', () => {
  expect(offerOf(shot, at(-4.6), noon).place).toEqual(shot.place);
  expect(offerOf(shot, at(-4.5001), noon).place).toBeUndefined();
});

test('a place set by hand stands', () => {
  expect(offerOf(shot, at(-4.6, 'hand'), noon).place).toBeUndefined();
});

test('nobody is asked about minutes', () => {
  const soon = new Date(Date.parse(shot.taken_at) + 9 * 60_000).toISOString();
  expect(offerOf(shot, at(-4.5), soon)).toEqual({});
});

test('a photo that says nothing offers nothing', () => {
  expect(offerOf({ make: 'Motorola' }, undefined, noon)).toEqual({});
});
