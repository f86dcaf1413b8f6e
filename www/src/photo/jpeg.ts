/** The segments of a JPEG that come before its picture. Of a large photo only those are read. */
import { inTime, read_ms_max } from '../time/limit';

const [start, app1, scan] = [0xffd8, 0xffe1, 0xffda];
/** `Exif`, as the segment's content begins. */
const exif_word = 0x45786966;
/** Before the picture come a few segments of at most 64 kB each. */
const head_bytes_max = 1024 * 1024;

/**
 * The same picture with this TIFF file as its EXIF, in place of its own. Rejects for what is no
 * JPEG.
 */
export async function withExif(jpeg: Blob, tiff: Uint8Array<ArrayBuffer>): Promise<Blob> {
  const head_bytes = jpeg.slice(0, head_bytes_max).arrayBuffer();
  const head = new DataView(await inTime(read_ms_max, head_bytes));
  if (head.byteLength < 4 || head.getUint16(0) !== start) throw new Error('not a JPEG');
  const rest = withoutExif(head).map(([from, to]) => jpeg.slice(from, to));
  return new Blob([jpeg.slice(0, 2), exifHead(tiff.length), tiff, ...rest], { type: 'image/jpeg' });
}

/** From where to where the JPEG goes on after its start, without the EXIF that it has. */
function withoutExif(head: DataView): [from: number, to?: number][] {
  const kept: [number, number?][] = [];
  let at = 2;
  while (at + 8 <= head.byteLength) {
    const marker = head.getUint16(at);
    // What carries no length is the picture, or broken, and stays as it is.
    if (marker < 0xffc0 || marker === scan || (marker >= 0xffd0 && marker <= 0xffd9)) break;
    const end = at + 2 + head.getUint16(at + 2);
    if (marker !== app1 || head.getUint32(at + 4) !== exif_word) kept.push([at, end]);
    at = end;
  }
  return [...kept, [at]];
}

function exifHead(bytes: number): DataView<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(10));
  head.setUint16(0, app1);
  head.setUint16(2, bytes + 8);
  head.setUint32(4, exif_word);
  return head;
}
