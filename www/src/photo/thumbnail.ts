/** A picture as small as a row of a list has room for. */
import { draw_ms_max, inTime } from '../time/limit';

/**
 * The picture's middle as a square JPEG with sides of `side_px`, upright; `null` if this browser
 * cannot draw it.
 */
export async function squareOf(file: Blob, side_px: number): Promise<Blob | null> {
  try {
    const bitmap = await inTime(
      draw_ms_max,
      createImageBitmap(file, { imageOrientation: 'from-image' }),
    );
    try {
      const canvas = new OffscreenCanvas(side_px, side_px);
      const context = canvas.getContext('2d');
      if (context === null) return null;
      const side = Math.min(bitmap.width, bitmap.height);
      const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
      context.imageSmoothingQuality = 'medium';
      context.drawImage(bitmap, left, top, side, side, 0, 0, side_px, side_px);
      return await inTime(draw_ms_max, canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }));
    } finally {
      bitmap.close();
    }
  } catch {
    return null;
  }
}
