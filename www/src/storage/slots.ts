/**
 * Small texts in a file of fixed size that is written in place. Pure: bytes in, bytes out.
 *
 * The file is cut into slots. A text goes into a slot that holds nothing that is still needed, so
 * that a write which breaks off leaves the text before it whole; of two slots with one key the
 * later one counts.
 */

export const slot_bytes = 64 * 1024;
export const slot_count = 16;
/** How large the file is, for good. */
export const file_bytes = slot_bytes * slot_count;

/**
 * Length of the payload, its place in the order of writing, and the SHA-256 of that and the
 * payload.
 */
const header_bytes = 4 + 8 + 32;

export interface Slot {
  key: string;
  text: string;
  /** Later ones have greater ones. */
  order: number;
}

/** `null` where it does not fit. */
export async function encodeSlot({
  key,
  text,
  order,
}: Slot): Promise<Uint8Array<ArrayBuffer> | null> {
  const payload = new TextEncoder().encode(JSON.stringify([key, text]));
  if (header_bytes + payload.length > slot_bytes) return null;
  const bytes = new Uint8Array(header_bytes + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length);
  view.setFloat64(4, order);
  bytes.set(payload, header_bytes);
  bytes.set(await digestOf(bytes), 12);
  return bytes;
}

/** What each slot of a file holds; `null` for one that is empty, or was written in part. */
export async function readSlots(file: Uint8Array<ArrayBuffer>): Promise<(Slot | null)[]> {
  const slots = Array.from({ length: slot_count }, (_, n) =>
    readSlot(file.subarray(n * slot_bytes, (n + 1) * slot_bytes)),
  );
  return Promise.all(slots);
}

/** The latest text by key. */
export function latest(slots: (Slot | null)[]): Map<string, Slot> {
  const found = new Map<string, Slot>();
  for (const slot of slots) {
    if (slot !== null && slot.order >= (found.get(slot.key)?.order ?? -1))
      found.set(slot.key, slot);
  }
  return found;
}

/** A slot that nothing needs; `null` where every key has one of its own. */
export function freeSlot(slots: (Slot | null)[]): number | null {
  const needed = new Set(latest(slots).values());
  const free = slots.findIndex((slot) => slot === null || !needed.has(slot));
  return free < 0 ? null : free;
}

async function readSlot(bytes: Uint8Array<ArrayBuffer>): Promise<Slot | null> {
  if (bytes.length < header_bytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint32(0);
  if (length === 0 || header_bytes + length > bytes.length) return null;
  const whole = bytes.slice(0, header_bytes + length);
  const said = whole.slice(12, header_bytes);
  const found = await digestOf(whole);
  if (said.some((byte, n) => byte !== found[n])) return null;
  const [key, text] = JSON.parse(new TextDecoder().decode(whole.subarray(header_bytes))) as [
    string,
    string,
  ];
  return { key, text, order: view.getFloat64(4) };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const said = bytes.slice();
  said.fill(0, 12, header_bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', said));
}
