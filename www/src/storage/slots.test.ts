import { expect, test } from 'vitest';
import {
  encodeSlot,
  file_bytes,
  freeSlot,
  latest,
  readSlots,
  slot_bytes,
  slot_count,
  type Slot,
} from './slots';

async function write(
  file: Uint8Array<ArrayBuffer>,
  slot: Slot,
  bytes_max = Infinity,
): Promise<boolean> {
  const at = freeSlot(await readSlots(file));
  const bytes = await encodeSlot(slot);
  if (at === null || bytes === null) return false;
  file.set(bytes.subarray(0, bytes_max), at * slot_bytes);
  return true;
}

const texts = async (file: Uint8Array<ArrayBuffer>) =>
  Object.fromEntries([...latest(await readSlots(file))].map(([key, { text }]) => [key, text]));

test('the last text of each key is found, in a file that never grows', async () => {
  const file = new Uint8Array(file_bytes);
  for (let n = 0; n < 50; n += 1) {
    await write(file, { key: 'a', text: `humo ${n}`, order: n });
    await write(file, { key: 'b', text: `río ${n}`, order: n });
  }
  expect(await texts(file)).toEqual({ a: 'humo 49', b: 'río 49' });
  expect(file).toHaveLength(file_bytes);
});

test('a write that breaks off at any byte leaves the text before it whole', async () => {
  const first = { key: 'a', text: 'first', order: 1 };
  const second = { key: 'a', text: 'second', order: 2 };
  const length = (await encodeSlot(second))?.length ?? 0;
  for (let cut = 0; cut < length; cut += 1) {
    const file = new Uint8Array(file_bytes).fill(7);
    await write(file, first);
    await write(file, second, cut);
    expect(await texts(file), `cut at ${cut}`).toEqual({ a: 'first' });
  }
});

test('there is always a slot to write into but one for each key', async () => {
  const file = new Uint8Array(file_bytes);
  for (let n = 0; n < slot_count; n += 1) {
    expect(await write(file, { key: `k${n}`, text: 'x', order: n })).toBe(true);
  }
  expect(await write(file, { key: 'one more', text: 'x', order: 99 })).toBe(false);
  expect(Object.keys(await texts(file))).toHaveLength(slot_count);
});

test.each([
  [slot_bytes - 44 - '["k",""]'.length, true],
  [slot_bytes - 44 - '["k",""]'.length + 1, false],
])('a text of %d bytes fits: %s', async (bytes, fits) => {
  expect((await encodeSlot({ key: 'k', text: 'x'.repeat(bytes), order: 1 })) !== null).toBe(fits);
});
