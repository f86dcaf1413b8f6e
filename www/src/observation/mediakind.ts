/** What kind of file an observation names, and in which order people look at them. */
import type { MediaRef } from '../engine/api';

export type Kind = 'photo' | 'sound' | 'film' | 'file';

export function kindOf({ type }: MediaRef): Kind {
  const kinds: Record<string, Kind> = { image: 'photo', audio: 'sound', video: 'film' };
  return kinds[type.split('/')[0] ?? ''] ?? 'file';
}

/** Photos first, then what is watched and heard, then the rest; each in the order of the record. */
export function sorted(media: readonly MediaRef[]): Record<Kind, MediaRef[]> {
  const kinds: Record<Kind, MediaRef[]> = { photo: [], sound: [], film: [], file: [] };
  for (const one of media) kinds[kindOf(one)].push(one);
  return kinds;
}

/** All of them as they are shown below each other. */
export function inOrder(media: readonly MediaRef[]): MediaRef[] {
  const { photo, sound, film, file } = sorted(media);
  return [...photo, ...sound, ...film, ...file];
}
