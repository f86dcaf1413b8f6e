/** What kind of file an observation names, and in which order people look at them. */
import type { MediaRef } from '../api/types';

export type Kind = 'photo' | 'sound' | 'film' | 'file';

export function kindOf({ type }: MediaRef): Kind {
  const kinds: Record<string, Kind> = { image: 'photo', audio: 'sound', video: 'film' };
  return kinds[type.split('/')[0] ?? ''] ?? 'file';
}

/** The photos, and the others: sounds, then films, then what is neither. Each kind is in the order of the record. */
export function photosApart(media: readonly MediaRef[]): {
  photos: MediaRef[];
  others: MediaRef[];
} {
  const kinds: Record<Kind, MediaRef[]> = { photo: [], sound: [], film: [], file: [] };
  for (const one of media) kinds[kindOf(one)].push(one);
  return { photos: kinds.photo, others: [...kinds.sound, ...kinds.film, ...kinds.file] };
}
