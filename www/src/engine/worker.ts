/**
 * The dedicated worker around the engine in wasm. It serves the tab that started it, and the other tabs over
 * a channel; everything is decided in Rust.
 */
import type { Draft, FileSum, MediaRef, Proof, Settings, SyncStatus } from './api';
import type { Readiness } from '../readiness/report';
import init, { PhoneEngine } from './generated/chasqui_client_wasm';
import wasm from './generated/chasqui_client_wasm_bg.wasm?url';
import { channel_name } from './channel';
import { News, type NewsPlace } from './news';
import { type Port, serve } from './rpc';

declare const self: DedicatedWorkerGlobalScope;

const channel = new BroadcastChannel(channel_name);
const ports: Port[] = [self, channel];
const visible = new Set<string>();
const news = new News(
  async () => (await engine()).news() as Promise<NewsPlace>,
  () => void engine().then((open) => open.wake()),
);
let opening: Promise<PhoneEngine> | null = null;

function tell(what: 'changed' | 'serving'): void {
  for (const port of ports) port.postMessage({ news: what });
}

/** The open engine. A failure to open is told to whoever asked, and the next one to ask tries again. */
function engine(): Promise<PhoneEngine> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open(): Promise<PhoneEngine> {
  await init({ module_or_path: wasm });
  return PhoneEngine.open(
    'chasqui',
    [self.location.origin],
    () => tell('changed'),
    (sentence: string) => console.warn(sentence),
  );
}

const methods = {
  async record(record: string, draft: Draft): Promise<void> {
    await (await engine()).record(record, draft);
  },
  async edit(record: string, draft: Draft): Promise<void> {
    await (await engine()).edit(record, draft);
  },
  /** JSON, because the text of ten thousand records crosses faster than the records. */
  async observations(token: string, count_max?: number): Promise<string> {
    return (await engine()).observations(token, count_max);
  },
  async status(): Promise<SyncStatus> {
    return (await engine()).status() as Promise<SyncStatus>;
  },
  async prove(record: string): Promise<Proof> {
    return (await engine()).prove(record) as Promise<Proof>;
  },
  async take(draftKey: string, file: Blob, name: string): Promise<MediaRef> {
    return (await engine()).take(draftKey, file, name) as Promise<MediaRef>;
  },
  async saved(draftKeys: string[]): Promise<string[]> {
    return (await engine()).saved(draftKeys);
  },
  async taken(draftKey: string): Promise<MediaRef[]> {
    return (await engine()).taken(draftKey) as Promise<MediaRef[]>;
  },
  async discard(draftKey: string, hash?: string): Promise<void> {
    await (await engine()).discard(draftKey, hash);
  },
  async file(hash: string): Promise<Blob | undefined> {
    return (await engine()).file(hash);
  },
  async preview(hash: string): Promise<Blob | null> {
    return (await engine()).preview(hash) as Promise<Blob | null>;
  },
  async fetchFile(hash: string): Promise<void> {
    await (await engine()).fetchFile(hash);
  },
  async freeable(): Promise<FileSum> {
    return (await engine()).freeable() as Promise<FileSum>;
  },
  async freeSpace(): Promise<FileSum> {
    return (await engine()).freeSpace() as Promise<FileSum>;
  },
  async settings(): Promise<Settings> {
    return (await engine()).settings() as Promise<Settings>;
  },
  async pair(invitation: string, holder: string): Promise<void> {
    await (await engine()).pair(invitation, holder);
  },
  async setReadiness(readiness: Readiness): Promise<void> {
    (await engine()).setReadiness(readiness);
  },
  async syncNow(): Promise<void> {
    (await engine()).syncNow();
  },
  async networkChanged(): Promise<void> {
    (await engine()).networkChanged();
  },
  async setVisible(tab: string, seen: boolean): Promise<void> {
    if (seen) visible.add(tab);
    else visible.delete(tab);
    news.listen(visible.size > 0);
    (await engine()).setVisible(visible.size > 0);
  },
};

// A panic in wasm ends whatever was under way, with its locks: the page is told as of any error, and starts another worker.
self.addEventListener('unhandledrejection', ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) reportError(reason);
});

for (const port of ports) serve(port, methods);
tell('serving');
