import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { durably, pageDb } from '../storage/pagedb';
import { DraftKeeper, emptyDraft, keptDraft, toDraft } from './draft';

afterEach(async () => {
  vi.useRealTimers();
  await (await pageDb()).clear('drafts-1');
});

const draft = { ...emptyDraft(new Date(0)), category: 'fire', note: ' humo ', removed: ['ab'] };
const store = (text: string) =>
  durably(['drafts-1'], (transaction) => transaction.objectStore('drafts-1').put(text, 'new'));

test('a killed page finds its draft again, with the time it was begun and what was removed', async () => {
  const keeper = new DraftKeeper(null);
  keeper.keep(draft);
  await keeper.flush();
  expect(await keptDraft(null)).toEqual(draft);
});

test('words are kept by themselves, within half a second of the last', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const keeper = new DraftKeeper(null);
  keeper.keep({ ...draft, note: 'hu' });
  keeper.keep(draft);
  vi.advanceTimersByTime(500);
  vi.useRealTimers();
  await keeper.flush();
  expect(await keptDraft(null)).toEqual(draft);
});

test('the draft of a correction is apart from that of a new observation', async () => {
  const keeper = new DraftKeeper('a1');
  keeper.keep(draft);
  await keeper.flush();
  expect(await keptDraft(null)).toBeNull();
  expect(await keptDraft('a1')).toEqual(draft);
  await keeper.letGo();
  expect(await keptDraft('a1')).toBeNull();
});

test('a draft that was let go does not come back with words that were not kept yet', async () => {
  const keeper = new DraftKeeper(null);
  keeper.keep(draft);
  void keeper.flush();
  keeper.keep(draft);
  await keeper.letGo();
  await keeper.flush();
  expect(await keptDraft(null)).toBeNull();
});

test('what cannot be read is no draft', async () => {
  await store('{"category":');
  expect(await keptDraft(null)).toBeNull();
  await store('{"category":7,"note":"","observed_at":""}');
  expect(await keptDraft(null)).toBeNull();
});

test('what is stored has no stray blanks, and nothing that only the form knows', () => {
  expect(toDraft(draft)).toEqual({ ...emptyDraft(new Date(0)), category: 'fire', note: 'humo' });
});
