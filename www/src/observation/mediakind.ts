/** What kind of file an observation names, and in which order people look at them. */
import type { MediaRef } from '../api/types';

export type Kind = 'photo' | 'audio' | 'video' | 'file';

export function kindOf({ type }: MediaRef): Kind {
  const kinds: Record<string, Kind> = { image: 'photo', audio: 'audio', video: 'video' };
  return kinds[type.split('/')[0] ?? ''] ?? 'file';
}

/**
 * The photos, and the others: audio, then videos, then what is neither. Each kind is in the order
 * of the record.
 */
export function photosApart(media: readonly MediaRef[]): {
  photos: MediaRef[];
  others: MediaRef[];
} {
  const kinds: Record<Kind, MediaRef[]> = { photo: [], audio: [], video: [], file: [] };
  for (const one of media) kinds[kindOf(one)].push(one);
  return { photos: kinds.photo, others: [...kinds.audio, ...kinds.video, ...kinds.file] };
}
