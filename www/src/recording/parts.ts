/**
 * The parts of a recording, each durable as soon as it comes, until the whole is a file of the
 * engine's.
 *
 * A video is never held in memory: the parts are joined by reference.
 */
import { endingOf } from '../observation/ending';
import { durably, reading, type RecordingRow } from '../storage/pagedb';

const all_parts = (id: string) => IDBKeyRange.bound([id, 0], [id, Infinity]);

/** A recording begins: if nothing more comes of it, that can be said. */
export function keepBegun(begun: RecordingRow): Promise<void> {
  return durably(['recordings-1'], (transaction) =>
    transaction.objectStore('recordings-1').put(begun),
  );
}

/** Adds the `n`th part; with it the recording is `begun.ms` long. */
export function keepPart(begun: RecordingRow, n: number, part: Blob): Promise<void> {
  return durably(['recordings-1', 'recording_parts-1'], (transaction) =>
    Promise.all([
      transaction.objectStore('recordings-1').put(begun),
      transaction.objectStore('recording_parts-1').put(part, [begun.id, n]),
    ]),
  );
}

/** What of a recording is durable, as one file; `null` if nothing is. */
export async function joined(begun: RecordingRow): Promise<File | null> {
  const parts = await reading((db) => db.getAll('recording_parts-1', all_parts(begun.id)));
  return parts.length === 0 ? null : new File(parts, nameOf(begun), { type: begun.type });
}

/** Lets go of a recording once it is a file of the engine's, or nobody wants it. */
export function letGoParts(id: string): Promise<void> {
  return durably(['recordings-1', 'recording_parts-1'], (transaction) =>
    Promise.all([
      transaction.objectStore('recordings-1').delete(id),
      transaction.objectStore('recording_parts-1').delete(all_parts(id)),
    ]),
  );
}

/** The recordings of a draft that are not files of the engine's, oldest first. */
export async function begunFor(draftKey: string): Promise<RecordingRow[]> {
  const all = await reading((db) => db.getAll('recordings-1'));
  return all
    .filter((begun) => begun.draft_key === draftKey)
    .sort((a, b) => a.begun_at.localeCompare(b.begun_at));
}

/** `audio-20261123-131500.webm`: the time is the phone's own. */
function nameOf({ kind, type, begun_at }: RecordingRow): string {
  return `${kind}-${stampOf(new Date(begun_at))}${endingOf(type) ?? '.bin'}`;
}

/** `20261123-131500`, by the phone's clock and zone. */
export function stampOf(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('');
  return `${day}-${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')}`;
}
