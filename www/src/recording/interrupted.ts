/** Recordings that the page, the browser or the phone did not live to finish. */
import type { RecordingRow } from '../storage/pagedb';
import { begunFor, joined, letGoParts } from './parts';
import { lockOf } from './recorder.svelte';

/**
 * Hands each recording of a draft that was interrupted to `keep`, without a file if nothing of it
 * was durable, and lets go of it here once that is done. One that another tab is at is left alone.
 * Rejects where one could not be kept; it stays for the next time.
 */
export async function recover(
  draftKey: string,
  keep: (file: File | null, begun: RecordingRow) => Promise<void>,
): Promise<void> {
  for (const begun of await begunFor(draftKey)) {
    await unlessHeld(lockOf(begun.id), async () => {
      await keep(await joined(begun), begun);
      await letGoParts(begun.id);
    });
  }
}

async function unlessHeld(name: string, work: () => Promise<void>): Promise<void> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return work();
  await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work();
  });
}
