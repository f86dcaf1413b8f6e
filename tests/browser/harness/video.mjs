/** A video of one still picture, as Chromium's false camera plays it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { args, executablePath } from './chromium.mjs';
import { temporaryFolder } from './folder.mjs';

const [width, height] = [640, 480];

/** The file of a video (YUV4MPEG2) that shows this SVG in the middle of a grey table. */
export async function videoOf(t, svg) {
  const luma = await draw(svg);
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = [Buffer.from('FRAME\n'), luma, colour];
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  const file = join(await temporaryFolder(t, 'video'), 'code.y4m');
  await writeFile(file, Buffer.concat([head, ...frame, ...frame]));
  return file;
}

/** The brightness of each pixel. */
async function draw(svg) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    const base64 = await page.evaluate(
      async ([svg, width, height]) => {
        const image = new Image();
        image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
        await image.decode();
        const canvas = new OffscreenCanvas(width, height);
        const pen = canvas.getContext('2d');
        pen.fillStyle = '#bbb';
        pen.fillRect(0, 0, width, height);
        const side = height * 0.8;
        pen.fillStyle = '#fff';
        pen.fillRect((width - side) / 2, (height - side) / 2, side, side);
        pen.drawImage(image, (width - side) / 2, (height - side) / 2, side, side);
        const { data } = pen.getImageData(0, 0, width, height);
        let bytes = '';
        for (let at = 0; at < data.length; at += 4) bytes += String.fromCharCode(data[at]);
        return btoa(bytes);
      },
      [svg, width, height],
    );
    return Buffer.from(base64, 'base64');
  } finally {
    await browser.close();
  }
}
