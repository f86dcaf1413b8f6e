/**
 * What a page imports: the engine, wherever it runs.
 *
 * The first tab starts the worker; further tabs reach it over a channel, and one of them starts its
 * own when the first is closed. What was asked in between is asked again, under the same record id,
 * so nothing is stored twice and nothing is lost; the same when a worker does not answer any more,
 * and another takes its place.
 */
import type { Draft, Listing, MediaRef } from '../api/types';
import { channel_name } from './channel';
import type { PhoneEngine } from './generated/chasqui_client_wasm';
import { Leader } from './leader';
import { Copy, type RecordList } from './listing';
import { remote, type Remote } from './remote';
import { Caller, type Method, type News, problemOf } from './rpc';
import { watch } from './triggers';
import type { Own } from './worker';

/**
 * A screen and more of records is shown before the rest has come, in pieces that leave room for
 * what a person does.
 */
const first_views = 100;
const next_views = 1000;

type Calls = Remote<PhoneEngine & Own>;
type Page = ReturnType<typeof pageOf>;
/**
 * What a page can ask: every call of the engine, some of them with what is a page's own. Promises
 * reject with a `Problem`.
 */
export type Engine = Omit<Calls, keyof Page> & Page;

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
let attached: Calls | null = null;

async function start(): Promise<Engine> {
  attached ??= attach();
  const calls = attached;
  await calls.status();
  const page = pageOf(calls);
  const get = (_: object, name: string | symbol): unknown =>
    Reflect.get(Object.hasOwn(page, name) ? page : calls, name);
  return new Proxy<Engine>({} as Engine, { get });
}

/** Calls that wait until the engine is open: a form may be the first thing that a page shows. */
export const engine = new Proxy({} as Omit<Engine, 'find' | 'onChange'>, {
  get:
    (_, name: keyof Calls) =>
    async (...args: unknown[]) =>
      ((await connect())[name] as Method)(...args),
});

/** Finds the worker of the tab that leads, or becomes it. */
function attach(): Calls {
  let worker: Worker | null = null;
  const onNews = ({ news }: News) => {
    if (news === 'serving') {
      // Another worker than before: it knows nothing of this tab yet.
      caller.sendAgain();
      tellVisible(document.visibilityState === 'visible');
    }
    for (const listener of listeners) listener();
  };
  const caller = new Caller(tab, onNews, () => (leader.leads ? lead() : leader.take()));
  const calls = remote<PhoneEngine & Own>(caller);
  const tellVisible = (visible: boolean) =>
    void calls.setTabVisible(tab, visible).catch(() => undefined);
  const follow = () => {
    worker?.terminate();
    worker = null;
    caller.use(new BroadcastChannel(channel_name));
  };
  const lead = () => {
    worker?.terminate();
    const begun = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker = begun;
    begun.addEventListener('error', (event) => {
      begun.terminate();
      if (worker !== begun) return;
      caller.fail(problemOf(new Error(event.message || 'the engine could not be loaded')), lead);
    });
    caller.use(begun);
  };
  const leader = new Leader(lead, follow);
  follow();
  leader.wait();
  watch({
    onVisible: tellVisible,
    onNetwork: () => void calls.networkChanged().catch(() => undefined),
  });
  return calls;
}

/** What a page does itself around the calls of the engine. */
function pageOf(calls: Calls) {
  const copy = new Copy();
  let listing: Promise<unknown> = Promise.resolve();
  return {
    /** Resolves with the record's id, which may be given, as 32 digits of lower-case hex. */
    async record(draft: Draft, record = randomId()): Promise<string> {
      askToKeep();
      await calls.record(record, plain(draft));
      return record;
    },
    async edit(record: string, draft: Draft): Promise<string> {
      await calls.edit(record, plain(draft));
      return record;
    },
    /**
     * The records as far as the page knows them now, newest first; what a wrong clock dated ahead
     * stands where it can have been. A long list comes in pieces, and each call brings the next,
     * with whatever changed since the last.
     */
    observations(): Promise<RecordList> {
      // One at a time: each asks for what changed since the one before.
      const next = listing
        .catch(() => undefined)
        .then(async () => {
          const count = copy.token === '' ? first_views : next_views;
          const json = await calls.observations(copy.token, count);
          const views = copy.take(JSON.parse(json) as Listing);
          return { views, more: copy.more, total: copy.total };
        });
      listing = next;
      return next;
    },
    /** A record of what the page knows now. */
    find: (record: string) => copy.find(record),
    take(draftKey: string, file: Blob, name: string): Promise<MediaRef> {
      askToKeep();
      return calls.take(draftKey, file, name);
    },
    async pair(invitation: string, holder: string): Promise<void> {
      askToKeep();
      await calls.pair(invitation, holder);
    },
    /** Calls back when the list or the status may have changed. Returns how to stop. */
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

/**
 * Saving and pairing are gestures, on which a browser is readiest to promise that it will keep the
 * data.
 */
function askToKeep(): void {
  navigator.storage?.persist?.().catch(() => undefined);
}
