/**
 * The dedicated worker around the engine in wasm. It serves the tab that started it, and the other
 * tabs over a channel; everything is decided in Rust.
 */
import init, { PhoneEngine } from './generated/chasqui_client_wasm';
import wasm from './generated/chasqui_client_wasm_bg.wasm?url';
import { channel_name } from './channel';
import { News } from './news';
import { callsOf, isCall } from './remote';
import { type Method, type Port, serve } from './rpc';

declare const self: DedicatedWorkerGlobalScope;

const channel = new BroadcastChannel(channel_name);
const ports: Port[] = [self, channel];
const visible = new Set<string>();
const news = new News(
  async () => (await engine()).news(),
  () => void engine().then((open) => open.wake()),
);
let opening: Promise<PhoneEngine> | null = null;

function tell(what: 'changed' | 'serving'): void {
  for (const port of ports) port.postMessage({ news: what });
}

/**
 * The open engine. A failure to open is told to whoever asked, and the next one to ask tries again.
 */
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

/** What the worker itself does, because it knows all tabs. */
const own = {
  /** Whether a tab is visible. */
  async setTabVisible(tab: string, seen: boolean): Promise<void> {
    if (seen) visible.add(tab);
    else visible.delete(tab);
    news.listen(visible.size > 0);
    (await engine()).setVisible(visible.size > 0);
  },
};
export type Own = typeof own;
const ownCall = callsOf(own);

/** What a tab may call: what the worker does itself, and every call of the engine. */
function methodOf(name: string): Method | undefined {
  if (!isCall(PhoneEngine, name)) return ownCall(name);
  return async (...args) => {
    const open = await engine();
    return (open[name] as Method).apply(open, args);
  };
}

// A panic in wasm ends whatever was under way, with its locks: the page is told as of any error,
// and starts another worker.
self.addEventListener('unhandledrejection', ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) reportError(reason);
});

for (const port of ports) serve(port, methodOf);
tell('serving');
