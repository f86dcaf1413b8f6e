/**
 * What the monitor's page and its service worker keep on a phone, beside the records: `drafts-1`,
 * `recordings-1`, and the map's files.
 *
 * The questions are asked from here again and again: `waitForFunction` takes the promise of an
 * async one for a yes.
 */
import { setTimeout } from 'node:timers/promises';

/** Resolves once what is durable there satisfies `holds`. */
export async function untilStored(phone, store, holds) {
  while (!holds(await stored(phone, store))) await setTimeout(50);
}

/** The drafts that are durable in the page's database. */
export async function drafts(phone) {
  return (await stored(phone, 'drafts-1')).map((text) => JSON.parse(text));
}

/** Resolves once a text is durable: in a store, or in the `reserve`. */
export async function isIn(phone, where, text) {
  const has = async () => (where === 'reserve' ? reserved(phone) : stored(phone, where));
  while (!(await has()).some((one) => one.includes(text))) await setTimeout(50);
}

/** What stands in the space that is set aside for drafts. */
export function reserved(phone) {
  return phone.page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const bytes = await (await (await folder.getFileHandle('drafts-1')).getFile()).arrayBuffer();
    const slot_bytes = 64 * 1024;
    const texts = Array.from({ length: bytes.byteLength / slot_bytes }, (_, n) => {
      const length = new DataView(bytes, n * slot_bytes).getUint32(0);
      const whole = length > 0 && length < slot_bytes;
      return whole
        ? new TextDecoder().decode(new Uint8Array(bytes, n * slot_bytes + 44, length))
        : null;
    });
    return texts.filter((text) => text !== null);
  });
}

/**
 * Resolves once the service worker has kept a file of the map for each of these parts of addresses.
 */
export async function untilMapKept(phone, parts) {
  const has = (urls) => parts.every((part) => urls.some((url) => url.includes(part)));
  while (!has(await mapFiles(phone))) await setTimeout(50);
}

function mapFiles(phone) {
  return phone.page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('chasqui-map-'));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map((request) => request.url);
  });
}

function stored(phone, store) {
  return phone.page.evaluate(async (store) => {
    const done = (request) =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await done(indexedDB.open('chasqui-page'));
    const all = await done(db.transaction(store).objectStore(store).getAll());
    db.close();
    return all;
  }, store);
}
