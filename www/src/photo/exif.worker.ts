/**
 * Reads EXIF apart from the page: a damaged photo may keep a reader busy for ever, and the page
 * goes on.
 */
import { exifOf, type Exif } from './exif';

self.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
  let said: Exif = {};
  try {
    said = exifOf(data);
  } catch {
    // What cannot be read says nothing.
  }
  self.postMessage(said);
});
