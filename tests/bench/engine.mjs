/** The phone's engine in a real Chromium, called without the pages around it. */
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';
import { args, executablePath } from '../browser/harness/chromium.mjs';

/** The address of the worker's script, as the build named it. */
export async function workerOf(origin) {
  const read = async (path) => (await fetch(`${origin}${path}`)).text();
  const [page] = /\/assets\/monitor-[\w-]+\.js/.exec(await read('/'));
  const [worker] = /worker-[\w-]+\.js/.exec(await read(page));
  return `/assets/${worker}`;
}

/**
 * A browser on a profile, with a page of the laptop's origin that can start and stop the engine.
 */
export async function browser(profile, origin) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args,
  });
  const [page] = context.pages();
  page.on('console', (message) => {
    if (message.type() === 'warning') console.warn(message.text());
  });
  await page.goto(`${origin}/api/v1/hello`);
  await page.evaluate(inPage, await workerOf(origin));
  return { page, close: () => context.close() };
}

/** What the page knows: `start`, `stop`, `call`, `synced`, `record`. */
function inPage(worker_url) {
  let worker = null;
  let calls = 0;
  const waiting = new Map();

  self.start = () => {
    worker = new Worker(worker_url, { type: 'module' });
    worker.onmessage = ({ data: { answer, value, problem } }) => {
      if (answer === undefined) return;
      const { resolve, reject } = waiting.get(answer);
      if (problem === undefined) resolve(value);
      else reject(new Error(`${problem.code}: ${problem.message}`));
    };
  };
  self.stop = () => worker.terminate();
  self.call = (method, ...args) =>
    new Promise((resolve, reject) => {
      const call = `bench.${calls++}`;
      waiting.set(call, { resolve, reject });
      worker.postMessage({ call, method, args });
    });
  /** Resolves when nothing is waiting and `count` entries are held. */
  self.synced = async (count) => {
    for (;;) {
      const { phase, waiting, problem } = await self.call('status');
      if (phase === 'failed') throw new Error(`${problem.code}: ${problem.message}`);
      if (phase === 'synced' && waiting === 0) {
        const list = JSON.parse(await self.call('observations', ''));
        if (list.views.length === count) return;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  /** Some 600 bytes an entry. */
  const words =
    'río petróleo mancha orilla comunidad tubería peces muertos agua olor fuerte bosque camino'.split(
      ' ',
    );
  self.record = (n) => {
    const note = Array.from({ length: 36 }, () => words[Math.floor(Math.random() * words.length)]);
    return self.call('record', hex(crypto.getRandomValues(new Uint8Array(16))), {
      category: 'oil_spill',
      note: note.join(' '),
      observed_at: new Date(1.6e12 + n * 60_000).toISOString(),
      location: { lat: -3 - Math.random(), lon: -73 - Math.random(), accuracy_m: 5, source: 'gps' },
      answers: { people: n % 30 },
    });
  };
}
