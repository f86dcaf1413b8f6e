/**
 * The file of the reserve, in the browser's private file system: only a worker may write there in
 * place, and only what is written in place needs no room.
 */
import { callsOf } from '../engine/remote';
import { serve } from '../engine/rpc';
import { encodeSlot, file_bytes, freeSlot, readSlots, slot_bytes, type Slot } from './slots';

declare const self: DedicatedWorkerGlobalScope;

const reserve_name = 'drafts-1';
const probe_name = 'room-probe';

/** One tab at a time has the file. */
function alone<R>(work: () => Promise<R>): Promise<R> {
  return navigator.locks.request('chasqui.reserve', work) as Promise<R>;
}

async function withFile<R>(
  name: string,
  work: (file: FileSystemSyncAccessHandle) => R | Promise<R>,
): Promise<R> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await handle.createSyncAccessHandle();
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

async function slotsOf(file: FileSystemSyncAccessHandle): Promise<(Slot | null)[]> {
  const bytes = new Uint8Array(file_bytes);
  file.read(bytes, { at: 0 });
  return readSlots(bytes);
}

/**
 * Takes the space, once. Bytes that are not zero: a file system gives room for zeros only when they
 * are replaced.
 */
function prepare(file: FileSystemSyncAccessHandle): void {
  if (file.getSize() >= file_bytes) return;
  file.write(new Uint8Array(file_bytes).fill(0xff), { at: 0 });
  file.flush();
}

const methods = {
  prepare: (): Promise<void> => alone(() => withFile(reserve_name, prepare)),

  /** Says whether the text is durable. */
  put: (slot: Slot): Promise<boolean> =>
    alone(() =>
      withFile(reserve_name, async (file) => {
        if (file.getSize() < file_bytes) return false;
        const [at, bytes] = [freeSlot(await slotsOf(file)), await encodeSlot(slot)];
        if (at === null || bytes === null) return false;
        file.write(bytes, { at: at * slot_bytes });
        file.flush();
        return true;
      }),
    ),

  /** Empties the slots of a key. */
  drop: (key: string): Promise<void> =>
    alone(() =>
      withFile(reserve_name, async (file) => {
        const slots = await slotsOf(file);
        slots.forEach((slot, n) => {
          if (slot?.key === key) file.write(new Uint8Array(4), { at: n * slot_bytes });
        });
        file.flush();
      }),
    ),

  /**
   * Whether there is room for so many bytes. What the browser says of its quota has no meaning: it
   * is the same for all.
   */
  hasRoom: (bytes: number): Promise<boolean> =>
    alone(() =>
      withFile(probe_name, (file) => {
        try {
          file.truncate(bytes);
          return true;
        } catch {
          return false;
        } finally {
          file.truncate(0);
        }
      }),
    ),
};

export type Reserve = typeof methods;
serve(self, callsOf(methods));
