/**
 * What a file is in words, for whoever never named it; `null` for what is neither photo, audio nor
 * video.
 */
import type { Words } from '../../strings/es';

export function kindName(type: string, words: Words): string | null {
  const names = { image: words.camera.photo, audio: words.files.audio, video: words.camera.video };
  const kind = type.split('/')[0] ?? '';
  return Object.hasOwn(names, kind) ? names[kind as keyof typeof names] : null;
}
