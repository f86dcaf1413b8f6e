/**
 * Photos that the engine is given one after the other, each followed by an edit, through the
 * channel that tabs use.
 */

/** Chromium's collector can be called by scripts. */
export const with_collector = '--js-flags=--expose-gc';

/**
 * The engine's worker collects its memory all the time, as one on a full phone does. Chromium drops
 * the stream of a `Blob` then while a part of it is awaited, if nothing else holds it.
 */
export async function collectAllTheTime(page) {
  const [worker] = page.workers();
  await worker.evaluate(() => void setInterval(() => self.gc(), 0));
}

/**
 * Takes so many photos of `bytes` for records of their own. Says how long the slowest took, and
 * which were not answered in `patience_ms`; those are not asked for again, and after `stuck_max` of
 * them no other is.
 */
export function takePhotos(page, { count, bytes, seed, patience_ms, stuck_max = count }) {
  return page.evaluate(takeAll, { count, bytes, seed, patience_ms, stuck_max });
}

async function takeAll({ count, bytes, seed, patience_ms, stuck_max }) {
  const channel = new BroadcastChannel('chasqui-engine-1');
  const waiting = new Map();
  channel.onmessage = ({ data: { answer, value, problem } }) => {
    const asked = waiting.get(answer);
    if (problem === undefined) asked?.resolve(value);
    else asked?.reject(new Error(`${problem.code}: ${problem.message}`));
  };
  let calls = 0;
  const call = (method, ...args) =>
    new Promise((resolve, reject) => {
      const id = `takes.${seed}.${calls++}`;
      waiting.set(id, { resolve, reject });
      channel.postMessage({ call: id, method, args });
    });
  // xorshift32
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const draft = (note) => ({ category: 'fire', note, answers: {} });
  const stuck = [];
  let slowest_ms = 0;
  for (let n = 0; n < count && stuck.length < stuck_max; n += 1) {
    const words = Uint32Array.from({ length: bytes / 4 }, next);
    const record = `${seed.toString(16).padStart(16, '0')}${n.toString(16).padStart(16, '0')}`;
    const key = `takes.${seed}.${n}`;
    await call('record', record, draft('before'));
    const began = performance.now();
    const taking = call('take', key, new Blob([words], { type: 'image/jpeg' }), `${n}.jpg`);
    const late = new Promise((resolve) => setTimeout(() => resolve(null), patience_ms));
    const media = await Promise.race([taking, late]);
    if (media === null) {
      stuck.push(n);
      continue;
    }
    slowest_ms = Math.max(slowest_ms, performance.now() - began);
    await call('edit', record, { ...draft('after'), media: [media], draft_key: key });
  }
  channel.close();
  return { stuck, slowest_ms };
}
