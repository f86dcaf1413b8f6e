/** Photos of invented landscapes, and the video of one that Chromium's false camera plays. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { args, executablePath } from './chromium.mjs';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';
import { paint } from './landscape.mjs';

/** As a cheap phone takes them, upright; the app scales them. */
const photo = { width: 2448, height: 3264 };
const sideways = { width: 3264, height: 2448 };
const video = { width: 720, height: 1280 };

export class Painter {
  #page;
  #folder;

  static async begin(t) {
    const browser = await chromium.launch({ executablePath, args });
    const painter = new Painter();
    painter.#page = await browser.newPage();
    painter.#folder = await temporaryFolder(t, 'scenes');
    atEnd(t, () => browser.close());
    return painter;
  }

  /** The file of a photo of this subject; each seed is another place. */
  async photo(subject, seed, upright = false) {
    const order = JSON.stringify([subject, seed, upright ? photo : sideways]);
    const source = `(${encode})(${paint}, ${order})`;
    const file = join(this.#folder, `IMG_20261123_09${10 + seed}${subject.length}7.jpg`);
    await writeFile(file, Buffer.from(await this.#page.evaluate(source), 'base64'));
    return file;
  }

  /** The file of a video (YUV4MPEG2) of this subject. */
  async video(subject, seed) {
    const source = `(${pixels})(${paint}, ${JSON.stringify([subject, seed, video])})`;
    const frame = Buffer.from(await this.#page.evaluate(source), 'base64');
    const head = `YUV4MPEG2 W${video.width} H${video.height} F10:1 Ip A1:1 C420jpeg\n`;
    const parts = [Buffer.from('FRAME\n'), frame];
    const file = join(this.#folder, `${subject}.y4m`);
    await writeFile(file, Buffer.concat([Buffer.from(head), ...parts, ...parts]));
    return file;
  }
}

/** In the page: a JPEG, as base64. */
async function encode(paint, [subject, seed, { width, height }]) {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas, subject, seed);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return new Uint8Array(await jpeg.arrayBuffer()).toBase64();
}

/** In the page: the brightness of each pixel, then of each four the two colours, as base64. */
function pixels(paint, [subject, seed, { width, height }]) {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas, subject, seed);
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const bytes = new Uint8ClampedArray((width * height * 3) / 2);
  const [blues, reds] = [width * height, (width * height * 5) / 4];
  for (let at = 0; at < width * height; at += 1) {
    const [red, green, blue] = data.subarray(at * 4, at * 4 + 3);
    bytes[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x % 2 || y % 2) continue;
    const quarter = (y / 2) * (width / 2) + x / 2;
    bytes[blues + quarter] = 128 - 0.1687 * red - 0.3313 * green + 0.5 * blue;
    bytes[reds + quarter] = 128 + 0.5 * red - 0.4187 * green - 0.0813 * blue;
  }
  return new Uint8Array(bytes.buffer).toBase64();
}
