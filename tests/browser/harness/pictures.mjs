/** Photos and sounds as phones take them: each another one, and none that can be packed. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './folder.mjs';

/** So large that the app scales them; then they have some 250 to 600 kB. */
const photo = { width: 2560, height: 1920 };

/** Files of `count` photos, drawn by any page that is open; of another size, if that is given. */
export async function photosOf(t, page, count, size = photo) {
  const folder = await temporaryFolder(t, 'photos');
  const files = [];
  for (let n = 0; n < count; n += 1) {
    const encoded = await page.evaluate(draw, { ...size, grain: 0.02 + 0.03 * (n % 4) });
    const file = join(folder, `IMG_${String(n).padStart(4, '0')}.jpg`);
    await writeFile(file, Buffer.from(encoded, 'base64'));
    files.push(file);
  }
  return files;
}

/** Soft shapes as of leaves and water, and on them the grain of a cheap camera. */
async function draw({ width, height, grain }) {
  const noise = (w, h) => {
    const bytes = new Uint8ClampedArray(w * h * 4);
    const step = 65_536;
    for (let at = 0; at < bytes.length; at += step) {
      crypto.getRandomValues(bytes.subarray(at, Math.min(bytes.length, at + step)));
    }
    for (let at = 3; at < bytes.length; at += 4) bytes[at] = 255;
    const canvas = new OffscreenCanvas(w, h);
    canvas.getContext('2d').putImageData(new ImageData(bytes, w, h), 0, 0);
    return canvas;
  };
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(noise(width / 16, height / 16), 0, 0, width, height);
  context.globalAlpha = grain;
  context.drawImage(noise(width / 4, height / 4), 0, 0, width, height);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  const url = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(jpeg);
  });
  return url.slice(url.indexOf(',') + 1);
}

/** `count` audio files: WAV, 16 bit, 16 kHz, of so many seconds. */
export async function audioOf(t, count, seconds = 10) {
  const folder = await temporaryFolder(t, 'audio');
  const files = [];
  for (let n = 0; n < count; n += 1) {
    const file = join(folder, `AUD_${String(n).padStart(4, '0')}.wav`);
    await writeFile(file, wav(randomBytes(seconds * 32_000)));
    files.push(file);
  }
  return files;
}

function wav(samples) {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A file of so many bytes that looks like a video to whoever asks for its name. */
export async function videoOf(t, bytes) {
  const file = join(await temporaryFolder(t, 'video'), 'VID_0001.webm');
  await writeFile(file, randomBytes(bytes));
  return file;
}
