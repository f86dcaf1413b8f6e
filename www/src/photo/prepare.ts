/**
 * A photo as it is to be kept: as small as the project wants it, and still saying where and when it was taken.
 *
 * What reads and writes EXIF is loaded with the first photo, not with the page.
 */
import type { Photos } from '../api/types';
import { scaled } from './scale';
import type { Shot } from './shot';

export interface Prepared {
  file: File;
  /** What the photo says; empty for what is no photo. */
  shot: Shot;
}

/**
 * `live` is what the app knows of a photo that it has just taken, and is written into it. What cannot be read or
 * written is left out: a photo without a place is better than none.
 */
export async function prepared(
  file: File,
  photos: Photos,
  live: Shot | null = null,
): Promise<Prepared> {
  if (!file.type.startsWith('image/')) return { file, shot: {} };
  const said = await import('./read').then(({ readShot }) => readShot(file)).catch(() => ({}));
  const shot = { ...said, ...live };
  const small = await scaled(file, photos);
  const says_it = small === file && live === null;
  if (says_it || Object.keys(shot).length === 0) return { file: small, shot };
  return { file: await writtenInto(small, shot, file).catch(() => small), shot };
}

/** A photo that was redrawn stands upright; `original` is the one it was made of, or the same. */
async function writtenInto(photo: File, shot: Shot, original: File): Promise<File> {
  const { orientationOf } = await import('./read');
  const { withShot } = await import('./write');
  const orientation = photo === original ? await orientationOf(photo) : 1;
  return new File([await withShot(photo, shot, orientation)], photo.name, { type: photo.type });
}
