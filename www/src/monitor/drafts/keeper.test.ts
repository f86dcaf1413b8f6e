import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Slot } from '../../storage/slots';
import { durably, pageDb } from '../../storage/pagedb';

/** The reserve of a browser, in memory: `null` for one that has none. */
const slots = vi.hoisted(() => ({ kept: new Map<string, Slot>() as Map<string, Slot> | null }));
vi.mock('../../storage/reserve', () => ({
  reserve: {
    put: async (slot: Slot) => slots.kept?.set(slot.key, slot) !== undefined,
    drop: async (key: string) => void slots.kept?.delete(key),
    all: async () => slots.kept ?? new Map(),
  },
}));

import { emptyDraft, type Unfinished } from './draft';
import { DraftKeeper, unkept } from './keeper.svelte';
import * as kept from './keptdrafts';

const draft = { ...emptyDraft('a1', new Date(0)), category: 'fire', note: 'humo' };
const notes = async () => (await kept.all()).map(({ note }) => note);

/** From now on the browser has no room for this page. */
function fill(): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
}

beforeEach(() => (slots.kept = new Map()));
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  unkept.clear();
  await (await pageDb()).clear('drafts-1');
});

test('a killed page finds its draft again, with the time it was begun and what was removed', async () => {
  const keeper = new DraftKeeper();
  keeper.keep({ ...draft, removed: ['ab'] });
  await keeper.flush();
  expect(await kept.all()).toEqual([{ ...draft, removed: ['ab'], order: 1 }]);
  expect(keeper.keeping).toBe('kept');
});

test('each key is written within a second, also when nobody pauses', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const written = vi.spyOn(kept, 'put').mockResolvedValue(true);
  const keeper = new DraftKeeper();
  const late_ms: number[] = [];
  const typed_at: number[] = [];
  let seen = 0;
  written.mockImplementation(async ({ note }: Unfinished) => {
    for (; seen < note.length; seen += 1) late_ms.push(Date.now() - (typed_at[seen] ?? NaN));
    return true;
  });
  for (let n = 1; n <= 36; n += 1) {
    typed_at.push(Date.now());
    keeper.keep({ ...draft, note: 'x'.repeat(n) });
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(late_ms).toHaveLength(36);
  expect(Math.max(...late_ms)).toBeLessThanOrEqual(500);
  // No more often than is needed: a slow phone writes each.
  expect(written.mock.calls.length).toBeLessThanOrEqual(6);
});

test('drafts are apart from each other, new ones and corrections', async () => {
  const keepers = ['a', 'b', 'c'].map((key) => {
    const keeper = new DraftKeeper();
    keeper.keep({
      ...draft,
      key,
      note: key,
      ...(key === 'c' ? { edits: { record: 'r', version: 'v' } } : {}),
    });
    return keeper;
  });
  await Promise.all(keepers.map((keeper) => keeper.flush()));
  expect((await notes()).sort()).toEqual(['a', 'b', 'c']);
  await keepers[0]?.letGo('a');
  expect((await notes()).sort()).toEqual(['b', 'c']);
});

test('a draft that was let go does not come back with words that were not kept yet', async () => {
  const keeper = new DraftKeeper();
  keeper.keep(draft);
  void keeper.flush();
  keeper.keep(draft);
  await keeper.letGo('a1');
  keeper.keep(draft);
  await keeper.flush();
  expect(await kept.all()).toEqual([]);
});

test('a full phone keeps the draft in the space that was set aside, and says that it is kept', async () => {
  const keeper = new DraftKeeper();
  keeper.keep(draft);
  await keeper.flush();
  fill();
  keeper.keep({ ...draft, note: 'humo y fuego' });
  await keeper.flush();
  expect(keeper.keeping).toBe('kept');
  expect(await notes()).toEqual(['humo y fuego']);
});

test('what was set aside is given back once there is room again, and never wins over later words', async () => {
  fill();
  const keeper = new DraftKeeper();
  keeper.keep(draft);
  await keeper.flush();
  vi.restoreAllMocks();
  keeper.keep({ ...draft, note: 'later' });
  await keeper.flush();
  expect(await notes()).toEqual(['later']);
  expect(slots.kept?.size).toBe(0);
  slots.kept?.set('a1', { key: 'a1', text: JSON.stringify({ ...draft, order: 1 }), order: 1 });
  expect(await notes()).toEqual(['later']);
});

test('where nothing can be kept it is not said to be, and the words stay in the page', async () => {
  slots.kept = null;
  fill();
  const keeper = new DraftKeeper();
  keeper.keep(draft);
  expect(keeper.keeping).toBe('pending');
  await keeper.flush();
  expect(keeper.keeping).toBe('unkept');
  expect(unkept.get('a1')?.note).toBe('humo');
  vi.restoreAllMocks();
  keeper.keep(draft);
  await keeper.flush();
  expect([keeper.keeping, unkept.size]).toEqual(['kept', 0]);
});

test('the most drafts are kept, and one more is not said to be', async () => {
  slots.kept = null;
  await durably(['drafts-1'], async (transaction) => {
    for (let n = 1; n < kept.drafts_max; n += 1) {
      await transaction
        .objectStore('drafts-1')
        .put(JSON.stringify({ ...draft, key: `k${n}` }), `k${n}`);
    }
  });
  expect(await kept.put({ ...draft, key: 'last' })).toBe(true);
  expect(await kept.put({ ...draft, key: 'one more' })).toBe(false);
  expect(await kept.put({ ...draft, key: 'last', note: 'again' })).toBe(true);
});
