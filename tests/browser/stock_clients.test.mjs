/**
 * Clients of tus that know nothing of Chasqui bring files over a wifi that keeps breaking: any
 * device with a token can.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { chromium } from 'playwright-core';
import { build } from 'esbuild';
import tus from 'tus-js-client';
import { args, executablePath, patience_ms } from './harness/chromium.mjs';
import { atEnd } from './harness/ending.mjs';
import { Laptop } from './harness/laptop.mjs';
import { letIn } from './harness/member.mjs';
import { BreakingWifi } from './harness/wifi_cuts.mjs';

const mega = 1_000_000;
/** Pauses after a failure, and again from the first one as soon as something arrived. */
const retryDelays = [0, 50, 100, 200, 400, 800];

test('tus-js-client brings files whole', async (t) => {
  const { laptop, wifi, headers } = await breaking(t);
  const files = [1, 2, 3, 10].map((size) => randomBytes(size * mega));
  const endpoint = `http://127.0.0.1:${wifi.port}/api/v1/media`;
  await Promise.all(files.map((file) => send(file, { endpoint, headers, retryDelays })));
  assert.ok(wifi.cuts > 0);
  await areThere(laptop, files);
});

test('a file that names its hash is not sent again by tus-js-client', async (t) => {
  const { laptop, wifi, headers } = await breaking(t);
  const file = randomBytes(mega);
  const endpoint = `http://127.0.0.1:${wifi.port}/api/v1/media`;
  const metadata = { hash: bytesToHex(blake3(file)), name: 'foto.jpg' };
  const chunkSize = 100_000;
  const named = {
    endpoint,
    headers,
    retryDelays,
    metadata,
    chunkSize,
    uploadDataDuringCreation: true,
  };
  await send(file, named);
  await areThere(laptop, [file]);
  wifi.breaks(false);
  wifi.count();
  await send(file, named);
  assert.ok(wifi.up_bytes < 2 * chunkSize, `${wifi.up_bytes} bytes were sent`);
});

test('Uppy in a page brings files whole', async (t) => {
  const { laptop, wifi, headers } = await breaking(t);
  const browser = await chromium.launch({
    executablePath,
    args: [...args, ...BreakingWifi.flags(wifi)],
  });
  atEnd(t, () => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(patience_ms);
  wifi.breaks(false);
  await page.goto(`${laptop.origin}/api/v1/hello`);
  await page.evaluate(await bundle());
  wifi.breaks();
  const encoded = await page.evaluate(sendAll, {
    sizes: [1, 2, 5].map((size) => size * mega),
    options: { endpoint: `${laptop.origin}/api/v1/media`, headers, retryDelays },
  });
  assert.ok(wifi.cuts > 0);
  for (const { sha256, blake3 } of encoded) {
    const answer = await laptop.fetch(`/media/${blake3}`);
    assert.equal(answer.status, 200);
    assert.equal(digest(Buffer.from(await answer.arrayBuffer())), sha256);
  }
});

async function breaking(t) {
  const laptop = await Laptop.start(t);
  const { token } = await letIn(laptop, (await laptop.code()).code, 'A stock client');
  const wifi = await BreakingWifi.before(t, laptop);
  wifi.breaks();
  return { laptop, wifi, headers: { Authorization: `Bearer ${token}` } };
}

function send(file, options) {
  return new Promise((resolve, reject) => {
    new tus.Upload(file, { ...options, onSuccess: resolve, onError: reject }).start();
  });
}

async function areThere(laptop, files) {
  for (const file of files) {
    const answer = await laptop.fetch(`/media/${bytesToHex(blake3(file))}`);
    assert.equal(answer.status, 200);
    assert.equal(digest(Buffer.from(await answer.arrayBuffer())), digest(file));
  }
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Uppy as one script that a page can run. */
async function bundle() {
  const contents = `
    import Uppy from '@uppy/core';
    import Tus from '@uppy/tus';
    import { blake3 } from '@noble/hashes/blake3.js';
    Object.assign(globalThis, { Uppy, Tus, blake3 });
  `;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const built = await build({
    stdin,
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  return built.outputFiles[0].text;
}

/** In the page: says what was sent by its hashes. */
async function sendAll({ sizes, options }) {
  const { Uppy, Tus } = globalThis;
  const uppy = new Uppy({ autoProceed: false }).use(Tus, { ...options, limit: 3 });
  const hex = (bytes) =>
    Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('');
  const sent = [];
  for (const size of sizes) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) {
      crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
    }
    const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
    sent.push({ sha256, blake3: hex(blake3(bytes)) });
    uppy.addFile({
      name: `${size}.bin`,
      type: 'application/octet-stream',
      data: new Blob([bytes]),
    });
  }
  const { failed } = await uppy.upload();
  if (failed.length > 0) throw new Error(failed.map(({ error }) => error).join('\n'));
  return sent;
}
