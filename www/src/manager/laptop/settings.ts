/** The size of photos that a project's phones keep, as a manager chooses it. */
import type { Settings } from '../../api/types';

/** Offered for the longer side of a photo. */
const photo_pixels = [1024, 2048, 3072];
export const photo_pixels_usual = 2048;
const quality_usual = 85;

/** What is offered, and what is in force if it is none of it. */
export function pixelChoices({ photos }: Settings): number[] {
  const own = photos.kept === 'scaled' ? [photos.pixels_max] : [];
  return [...new Set([...photo_pixels, ...own])].sort((a, b) => a - b);
}

/** The settings with another size of photos, `null` for the original; the rest stays. */
export function withPixels(settings: Settings, pixels_max: number | null): Settings {
  if (pixels_max === null) return { ...settings, photos: { kept: 'original' } };
  const { photos } = settings;
  const quality = photos.kept === 'scaled' ? photos.quality : quality_usual;
  return { ...settings, photos: { kept: 'scaled', pixels_max, quality } };
}
