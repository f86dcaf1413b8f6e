/**
 * What a page imports: the engine, wherever it runs.
 *
 * The first tab starts the worker; further tabs reach it over a channel, and one of them starts its own when
 * the first is closed. What was asked in between is asked again, under the same record id, so nothing is
 * stored twice and nothing is lost; the same when a worker does not answer any more, and another takes its place.
 */
import type {
  Draft,
  Engine,
  FileSum,
  MediaRef,
  Proof,
  RecordList,
  Settings,
  SyncStatus,
} from './api';
import type { Readiness } from '../readiness/report';
import { channel_name } from './channel';
import { Leader } from './leader';
import { Copy, type Listing } from './listing';
import { Caller, type News, problemOf } from './rpc';
import { watch } from './triggers';

/** A screen and more of records is shown before the rest has come, in pieces that leave room for what a person does. */
const first_views = 100;
const next_views = 1000;

let connected: Promise<Engine> | null = null;

/** The engine, once it has read what is stored. Rejects with a `Problem`; may be tried again. */
export function connect(): Promise<Engine> {
  connected ??= start().catch((error: unknown) => {
    connected = null;
    throw problemOf(error);
  });
  return connected;
}

const tab = randomId();
const listeners = new Set<() => void>();
let caller: Caller | null = null;

async function start(): Promise<Engine> {
  caller ??= attach();
  await caller.call<SyncStatus>('status');
  return engineOf(caller);
}

/** Finds the worker of the tab that leads, or becomes it. */
function attach(): Caller {
  let worker: Worker | null = null;
  const onNews = ({ news }: News) => {
    if (news === 'serving') {
      // Another worker than before: it knows nothing of this tab yet.
      calls.sendAgain();
      tellVisible();
    }
    for (const listener of listeners) listener();
  };
  const calls = new Caller(tab, onNews, () => (leader.leads ? lead() : leader.take()));
  const tellVisible = () =>
    void calls
      .call('setVisible', tab, document.visibilityState === 'visible')
      .catch(() => undefined);
  const follow = () => {
    worker?.terminate();
    worker = null;
    calls.use(new BroadcastChannel(channel_name));
  };
  const lead = () => {
    worker?.terminate();
    const begun = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker = begun;
    begun.addEventListener('error', (event) => {
      begun.terminate();
      if (worker !== begun) return;
      calls.fail(problemOf(new Error(event.message || 'the engine could not be loaded')), lead);
    });
    calls.use(begun);
  };
  const leader = new Leader(lead, follow);
  follow();
  leader.wait();
  watch({
    onVisible: (visible) => void calls.call('setVisible', tab, visible).catch(() => undefined),
    onNetwork: () => void calls.call('networkChanged').catch(() => undefined),
  });
  return calls;
}

function engineOf(calls: Caller): Engine {
  const copy = new Copy();
  let listing: Promise<unknown> = Promise.resolve();
  return {
    async record(draft: Draft, record = randomId()): Promise<string> {
      askToKeep();
      await calls.call('record', record, plain(draft));
      return record;
    },
    async edit(record: string, draft: Draft): Promise<string> {
      await calls.call('edit', record, plain(draft));
      return record;
    },
    observations(): Promise<RecordList> {
      // One at a time: each asks for what changed since the one before.
      const next = listing
        .catch(() => undefined)
        .then(async () => {
          const count = copy.token === '' ? first_views : next_views;
          const json = await calls.call<string>('observations', copy.token, count);
          const views = copy.take(JSON.parse(json) as Listing);
          return { views, more: copy.more, total: copy.total };
        });
      listing = next;
      return next;
    },
    find: (record: string) => copy.find(record),
    take(draftKey: string, file: Blob, name: string): Promise<MediaRef> {
      askToKeep();
      return calls.call<MediaRef>('take', draftKey, file, name);
    },
    saved: (draftKeys: string[]) => calls.call<string[]>('saved', draftKeys),
    taken: (draftKey: string) => calls.call<MediaRef[]>('taken', draftKey),
    discard: (draftKey: string, hash?: string) => calls.call<void>('discard', draftKey, hash),
    file: (hash: string) => calls.call<Blob | undefined>('file', hash),
    preview: (hash: string) => calls.call<Blob | null>('preview', hash),
    fetchFile: (hash: string) => calls.call<void>('fetchFile', hash),
    freeable: () => calls.call<FileSum>('freeable'),
    freeSpace: () => calls.call<FileSum>('freeSpace'),
    settings: () => calls.call<Settings>('settings'),
    prove: (record: string) => calls.call<Proof>('prove', record),
    async pair(invitation: string, holder: string): Promise<void> {
      askToKeep();
      await calls.call('pair', invitation, holder);
    },
    status: () => calls.call<SyncStatus>('status'),
    setReadiness: (readiness: Readiness) => calls.call<void>('setReadiness', readiness),
    syncNow: () => calls.call<void>('syncNow'),
    onChange(callback: () => void): () => void {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
  };
}

/** 16 random bytes in hex: the id of a new record. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A draft without the page's proxies, which cannot cross to a worker. */
function plain(draft: Draft): Draft {
  return JSON.parse(JSON.stringify(draft)) as Draft;
}

/** Saving and pairing are gestures, on which a browser is readiest to promise that it will keep the data. */
function askToKeep(): void {
  navigator.storage?.persist?.().catch(() => undefined);
}
