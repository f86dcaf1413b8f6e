/** The observations that were begun and not saved, as the first screen lists them. */
import type { Unfinished } from './draft';
import { unkept } from './keeper.svelte';
import * as kept from './keptdrafts';
import { engine } from '../../engine/client';

/** All drafts, those that are only in this page included; what was saved meanwhile is let go of. */
async function unfinished(): Promise<Unfinished[]> {
  const found = new Map((await kept.all()).map((draft) => [draft.key, draft]));
  for (const draft of unkept.values()) found.set(draft.key, draft);
  const saved = new Set(await savedAmong([...found.keys()]));
  for (const key of saved) {
    found.delete(key);
    unkept.delete(key);
    void kept.remove(key).catch(() => undefined);
  }
  return [...found.values()].sort((a, b) => b.observed_at.localeCompare(a.observed_at));
}

/** The draft with this key, unless it was saved. */
export async function draftOf(key: string): Promise<Unfinished | null> {
  return (await unfinished()).find((draft) => draft.key === key) ?? null;
}

/** The correction of a record that was begun and not saved. */
export async function correctionOf(record: string): Promise<Unfinished | null> {
  return (await unfinished()).find((draft) => draft.edits?.record === record) ?? null;
}

/** A page that was killed right after a save still has the draft; the engine knows better. */
async function savedAmong(keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  return engine.saved(keys).catch(() => []);
}

class Drafts {
  list = $state.raw<Unfinished[]>([]);
  #looks = 0;

  async look(): Promise<void> {
    const look = ++this.#looks;
    const list = await unfinished();
    // An earlier look may come to its end later.
    if (look === this.#looks) this.list = list;
  }
}

export const drafts = new Drafts();
