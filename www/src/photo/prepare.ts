/**
 * A photo as it is to be kept: as small as the project wants it, and still saying where and when it
 * was taken.
 *
 * What reads EXIF runs in a worker, and what writes it is loaded with the first photo, not with the
 * page.
 */
import type { Photos } from '../api/types';
import { orientationOf, readExif, shotOf } from './read';
import { scaled } from './scale';
import type { Shot } from './shot';

export interface Prepared {
  file: File;
  /** What the photo says; empty for what is no photo. */
  shot: Shot;
}

/**
 * `live` is what the app knows of a photo that it has just taken, and is written into it. What
 * cannot be read or written is left out: a photo without a place is better than none.
 */
export async function prepared(
  file: File,
  photos: Photos,
  live: Shot | null = null,
): Promise<Prepared> {
  if (!file.type.startsWith('image/')) return { file, shot: {} };
  const exif = await readExif(file);
  const shot = { ...shotOf(exif), ...live };
  const small = await scaled(file, photos);
  const says_it = small === file && live === null;
  if (says_it || Object.keys(shot).length === 0) return { file: small, shot };
  // A photo that was redrawn stands upright.
  const orientation = small === file ? orientationOf(exif) : 1;
  return { file: await writtenInto(small, shot, orientation).catch(() => small), shot };
}

async function writtenInto(photo: File, shot: Shot, orientation: number): Promise<File> {
  const { withShot } = await import('./write');
  return new File([await withShot(photo, shot, orientation)], photo.name, { type: photo.type });
}
