/**
 * What the page itself keeps beside the engine's records: unfinished words, and recordings that are
 * under way.
 *
 * Everything is written with strict durability: what was kept survives a phone that loses its
 * battery right after.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { inTime, storage_ms_max } from '../time/limit';

export type RecordingKind = 'audio' | 'video';

/** A recording that is under way, or was cut off. */
export interface RecordingRow {
  id: string;
  /** The draft that it is for, as the engine's `take` has it. */
  draft_key: string;
  kind: RecordingKind;
  /** Media type, without parameters. */
  type: string;
  begun_at: string;
  /** How much of it is durable. */
  ms: number;
}

export interface PageSchema extends DBSchema {
  /** The words of a form by the name of its draft. */
  'drafts-1': { key: string; value: string };
  /** Recordings that no file of the engine's holds yet, by their id. */
  'recordings-1': { key: string; value: RecordingRow };
  /** Their bytes, in order. */
  'recording_parts-1': { key: [recording: string, n: number]; value: Blob };
}

let opening: Promise<IDBPDatabase<PageSchema>> | null = null;

/** The open database. A failure is told to whoever asked, and the next one to ask tries again. */
export function pageDb(): Promise<IDBPDatabase<PageSchema>> {
  if (opening !== null) return opening;
  const opened = openDB<PageSchema>('chasqui-page', 1, {
    upgrade(db) {
      db.createObjectStore('drafts-1');
      db.createObjectStore('recordings-1', { keyPath: 'id' });
      db.createObjectStore('recording_parts-1');
    },
    terminated: () => (opening = null),
  });
  opening = inTime(storage_ms_max, opened).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** What comes of reading; rejects with `storage_slow` if nothing does. */
export async function reading<T>(read: (db: IDBPDatabase<PageSchema>) => Promise<T>): Promise<T> {
  return inTime(storage_ms_max, read(await pageDb()));
}

/**
 * Carries out `work`, which may await nothing but its transaction; resolves when that is durable.
 */
export async function durably<Name extends StoreNames<PageSchema>>(
  stores: Name[],
  work: (transaction: IDBPTransaction<PageSchema, Name[], 'readwrite'>) => Promise<unknown>,
): Promise<void> {
  const transaction = (await pageDb()).transaction(stores, 'readwrite', { durability: 'strict' });
  await inTime(storage_ms_max, Promise.all([work(transaction), transaction.done]));
}
