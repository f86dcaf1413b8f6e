/**
 * Space that was set aside for unfinished words while there was some: a phone that is full keeps
 * them there.
 *
 * It takes 1 MiB, once, and writes in it in place. A browser without a private file system, or an
 * address that is not secure, has no reserve; whoever asks is told that nothing was kept.
 */
import { remote, type Remote } from '../engine/remote';
import { Caller } from '../engine/rpc';
import type { Reserve } from './reserve.worker';
import { file_bytes, latest, readSlots, type Slot } from './slots';

const file_name = 'drafts-1';
let caller: Caller | null = null;

/** Whether this browser can have a reserve. */
function isPossible(): boolean {
  const storage = (navigator as Partial<Navigator>).storage;
  return typeof Worker !== 'undefined' && typeof storage?.getDirectory === 'function';
}

function worker(): Remote<Reserve> {
  if (caller === null) {
    caller = new Caller('reserve', () => undefined);
    const serving = new Worker(new URL('./reserve.worker.ts', import.meta.url), { type: 'module' });
    serving.addEventListener('error', () => {
      caller?.fail(
        { code: 'storage_failed', message: 'the reserve cannot be used', retryable: true },
        () => undefined,
      );
      caller = null;
      serving.terminate();
    });
    caller.use(serving);
  }
  return remote<Reserve>(caller);
}

export const reserve = {
  /** Takes the space, if there is any. */
  async prepare(): Promise<void> {
    if (isPossible())
      await worker()
        .prepare()
        .catch(() => undefined);
  },

  /** Says whether the text is durable now. */
  async put(slot: Slot): Promise<boolean> {
    if (!isPossible()) return false;
    return worker()
      .put(slot)
      .catch(() => false);
  },

  async drop(key: string): Promise<void> {
    if (isPossible())
      await worker()
        .drop(key)
        .catch(() => undefined);
  },

  /** The latest text by key. */
  async all(): Promise<Map<string, Slot>> {
    try {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle(file_name)).getFile();
      return file.size < file_bytes
        ? new Map()
        : latest(await readSlots(new Uint8Array(await file.arrayBuffer())));
    } catch {
      return new Map();
    }
  },

  /** Whether the phone has room for so many bytes; null where that cannot be known. */
  async hasRoom(bytes: number): Promise<boolean | null> {
    if (!isPossible()) return null;
    return worker()
      .hasRoom(bytes)
      .catch(() => null);
  },
};
