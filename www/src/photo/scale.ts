/**
 * Makes a photo small enough for a slow phone to keep many and send them soon, and still sharp
 * enough to be evidence.
 */

import type { Photos } from '../api/types';
import { draw_ms_max, inTime } from '../time/limit';

type Scale = Extract<Photos, { kept: 'scaled' }>;

const scalable = ['image/jpeg', 'image/png', 'image/webp'];

interface Size {
  width: number;
  height: number;
}

/** Width and height within the limit, in the same proportion; never larger than they were. */
export function fitted(width: number, height: number, pixels_max: number): Size {
  const factor = Math.min(1, pixels_max / Math.max(width, height));
  const side = (px: number) => Math.max(1, Math.round(px * factor));
  return { width: side(width), height: side(height) };
}

/**
 * The photo as a JPEG within the limit. What is no photo, cannot be drawn here or would not become
 * smaller comes back as it is: a large photo is better than none. So does any, where the project
 * keeps originals.
 */
export async function scaled(file: File, photos: Photos): Promise<File> {
  if (photos.kept === 'original' || !scalable.includes(file.type)) return file;
  try {
    const jpeg = await redrawn(file, photos);
    if (jpeg.size >= file.size) return file;
    return new File([jpeg], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: jpeg.type });
  } catch {
    return file;
  }
}

async function redrawn(file: Blob, { pixels_max, quality }: Scale): Promise<Blob> {
  // Upright, since a drawn photo no longer says how the phone was held.
  const drawing = createImageBitmap(file, { imageOrientation: 'from-image' });
  const bitmap = await inTime(draw_ms_max, drawing);
  try {
    const { width, height } = fitted(bitmap.width, bitmap.height, pixels_max);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser cannot draw');
    // JPEG knows nothing transparent.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const jpeg = canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
    return await inTime(draw_ms_max, jpeg);
  } finally {
    bitmap.close();
  }
}
