import { expect, test } from 'vitest';
import type { Settings } from '../../api/types';
import { pixelChoices, withPixels } from './settings';

const scaled = (pixels_max: number): Settings => ({
  photos: { kept: 'scaled', pixels_max, quality: 70 },
});
const original: Settings = { photos: { kept: 'original' } };

test('a size in force that is none of those offered is offered too, in its place', () => {
  expect(pixelChoices(original)).toEqual([1024, 2048, 3072]);
  expect(pixelChoices(scaled(2048))).toEqual([1024, 2048, 3072]);
  expect(pixelChoices(scaled(1600))).toEqual([1024, 1600, 2048, 3072]);
});

test('another size keeps the quality that somebody chose', () => {
  expect(withPixels(scaled(2048), 1024)).toEqual(scaled(1024));
  expect(withPixels(scaled(2048), null)).toEqual(original);
  expect(withPixels(original, 3072).photos).toEqual({
    kept: 'scaled',
    pixels_max: 3072,
    quality: 85,
  });
});
