/** How the name of a photo, audio or video ends on any system, by its media type. */
const endings: Readonly<Record<string, string>> = {
  'audio/mp4': '.m4a',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg',
  'audio/wav': '.wav',
  'audio/webm': '.webm',
  'image/gif': '.gif',
  'image/heic': '.heic',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
};

/**
 * With its dot; `null` for a type that is not known. Parameters of a type and its letters' case do
 * not count.
 */
export function endingOf(type: string): string | null {
  const plain = type.split(';')[0]!.trim().toLowerCase();
  return Object.hasOwn(endings, plain) ? endings[plain]! : null;
}
