/** The smaller build of exifr, which reads JPEG and HEIC, has no types of its own. */
declare module 'exifr/dist/lite.esm.mjs' {
  export { parse } from 'exifr';
}
