/** What the monitor's page itself keeps on a phone, beside the records: `drafts-1`, `recordings-1`. */
import { setTimeout } from 'node:timers/promises';

/** Resolves once what is durable there satisfies `holds`. */
export async function untilStored(phone, store, holds) {
  while (!holds(await stored(phone, store))) await setTimeout(50);
}

function stored(phone, store) {
  return phone.page.evaluate(async (store) => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await done(indexedDB.open('chasqui-page'));
    const all = await done(db.transaction(store).objectStore(store).getAll());
    db.close();
    return all;
  }, store);
}
