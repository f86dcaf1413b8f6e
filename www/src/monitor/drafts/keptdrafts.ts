/**
 * The drafts that this phone keeps: in the page's database, and in the reserve when that takes no
 * more.
 *
 * A draft that is in both counts as it was kept last.
 */
import { durably, pageDb } from '../../storage/pagedb';
import { reserve } from '../../storage/reserve';
import { parsed, type Unfinished } from './draft';

/** Most drafts that are kept. One more stays in the page alone, and its form says so. */
export const drafts_max = 100;

/** Those that the reserve may hold: the others need not be looked for there. */
const reserved = new Set<string>();

/** Resolves with whether the draft is durable now. */
export async function put(draft: Unfinished): Promise<boolean> {
  const text = JSON.stringify(draft);
  const stored = await intoDatabase(draft.key, text).catch(() => false);
  if (!stored) {
    const kept = await reserve.put({ key: draft.key, text, order: draft.order ?? 0 });
    if (kept) reserved.add(draft.key);
    return kept;
  }
  if (reserved.delete(draft.key)) void reserve.drop(draft.key);
  return true;
}

/** Lets go of a draft wherever it is kept. Rejects if it would come back. */
export async function remove(key: string): Promise<void> {
  reserved.delete(key);
  await durably(['drafts-1'], (transaction) => transaction.objectStore('drafts-1').delete(key));
  await reserve.drop(key);
}

/** All of them, in no order. What cannot be read is passed over. */
export async function all(): Promise<Unfinished[]> {
  const found = new Map<string, Unfinished>();
  const stored = await pageDb()
    .then((db) => db.getAll('drafts-1'))
    .catch((): string[] => []);
  const slots = await reserve.all();
  for (const key of slots.keys()) reserved.add(key);
  for (const text of [...stored, ...[...slots.values()].map((slot) => slot.text)]) {
    const draft = parsed(text);
    const before = draft && found.get(draft.key);
    if (draft && (draft.order ?? 0) >= (before?.order ?? 0)) found.set(draft.key, draft);
  }
  return [...found.values()];
}

/** Resolves with false where there are too many already. */
async function intoDatabase(key: string, text: string): Promise<boolean> {
  let fits = true;
  await durably(['drafts-1'], async (transaction) => {
    const drafts = transaction.objectStore('drafts-1');
    fits = (await drafts.count()) < drafts_max || (await drafts.getKey(key)) !== undefined;
    if (fits) await drafts.put(text, key);
  });
  return fits;
}
