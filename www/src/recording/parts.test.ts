import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { recover } from './interrupted';
import type { RecordingRow } from '../storage/pagedb';
import { begunFor, joined, keepBegun, keepPart, letGoParts } from './parts';

/** Locks that other tabs hold. */
const held = new Set<string>();
beforeEach(() => {
  held.clear();
  const request = (name: string, _: unknown, work: (lock: unknown) => Promise<void>) =>
    work(held.has(name) ? null : { name });
  vi.stubGlobal('navigator', { locks: { request } });
});

const begun = (id: string, draft_key: string): RecordingRow => ({
  id,
  draft_key,
  kind: 'audio',
  type: 'audio/webm',
  begun_at: new Date(2026, 10, 23, 13, 15, 7).toISOString(),
  ms: 0,
});

async function recorded(of: RecordingRow): Promise<RecordingRow> {
  await keepPart({ ...of, ms: 5_000 }, 0, new Blob(['ab']));
  await keepPart({ ...of, ms: 10_000 }, 1, new Blob(['cd']));
  return of;
}

test('the parts of a recording are one file, named by when it was begun', async () => {
  const file = await joined(await recorded(begun('r1', 'a')));
  expect(await file?.text()).toBe('abcd');
  expect([file?.name, file?.type]).toEqual(['audio-20261123-131507.webm', 'audio/webm']);
  await letGoParts('r1');
});

test('an interrupted recording is handed to its own draft, with its length, and only once', async () => {
  await recorded(begun('r2', 'b'));
  await recorded(begun('r3', 'c'));
  const found: [string, number][] = [];
  const keep = async (file: File | null, { ms }: RecordingRow) =>
    void found.push([(await file?.text()) ?? 'nothing', ms]);
  await recover('b', keep);
  await recover('b', keep);
  expect(found).toEqual([['abcd', 10_000]]);
  expect(await begunFor('c')).toHaveLength(1);
  await letGoParts('r3');
});

test('one that could not be kept as a file stays for the next time', async () => {
  await recorded(begun('r4', 'd'));
  await expect(recover('d', () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(await joined(begun('r4', 'd'))).not.toBeNull();
});

test('what another tab is recording is left alone', async () => {
  await recorded(begun('r6', 'f'));
  held.add('chasqui.recording.r6');
  await recover('f', () => Promise.reject(new Error('taken from it')));
  expect(await begunFor('f')).toHaveLength(1);
  await letGoParts('r6');
});

test('of a recording that was let go nothing is left', async () => {
  const gone = await recorded(begun('r5', 'e'));
  await letGoParts('r5');
  expect(await joined(gone)).toBeNull();
  expect(await begunFor('e')).toEqual([]);
});

test('one that broke off before anything of it was durable is handed over all the same, without a file', async () => {
  await keepBegun(begun('r7', 'g'));
  const found: (File | null)[] = [];
  await recover('g', async (file) => void found.push(file));
  expect(found).toEqual([null]);
  expect(await begunFor('g')).toEqual([]);
});
