import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beat_ms, beatsFor, opening_beats_max, silence_beats_max } from './patience';
import { callsOf } from './remote';
import { Caller, type Port, problemOf, serve } from './rpc';

/** Two ports that hand each other's messages over at once. */
function pair(): [Port & EventTarget, Port & EventTarget] {
  class End extends EventTarget {
    other: End | null = null;
    postMessage(message: unknown): void {
      this.other?.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }));
    }
  }
  const [a, b] = [new End(), new End()];
  [a.other, b.other] = [b, a];
  return [a as Port & EventTarget, b as Port & EventTarget];
}

const serving = (port: Port, calls: object) => serve(port, callsOf(calls));

const caller = () => new Caller('tab', () => undefined);

describe('calls', () => {
  it('come back with the value or with the problem', async () => {
    const [page, worker] = pair();
    serving(worker, {
      double: (n: number) => 2 * n,
      refuse: () => Promise.reject({ code: 'storage_full', message: 'no room', retryable: true }),
    });
    const calls = caller();
    calls.use(page);
    await expect(calls.call('double', 21)).resolves.toBe(42);
    await expect(calls.call('refuse')).rejects.toEqual({
      code: 'storage_full',
      message: 'no room',
      retryable: true,
    });
  });

  it('that nobody answered are sent again to whoever takes over', async () => {
    const [page, deaf] = pair();
    const calls = caller();
    calls.use(page);
    const saved = calls.call('record', 'a');
    const [again, worker] = pair();
    serving(worker, { record: (id: string) => `${id}!` });
    calls.use(again);
    await expect(saved).resolves.toBe('a!');
    deaf.postMessage({ answer: 'tab.0', value: 'late' });
  });

  it('that are sent again while under way are carried out once', async () => {
    const [page, worker] = pair();
    let count = 0;
    serving(worker, { record: () => ++count });
    const calls = caller();
    calls.use(page);
    const saved = calls.call('record');
    calls.sendAgain();
    await expect(saved).resolves.toBe(1);
    expect(count).toBe(1);
  });

  it('that failed for a reason of the moment are made once more', async () => {
    const failing = (code: string, times: number) => {
      const [page, worker] = pair();
      const calls = caller();
      serving(worker, {
        take: () => (times-- > 0 ? Promise.reject({ code, message: '', retryable: true }) : 'kept'),
      });
      calls.use(page);
      return calls.call('take');
    };
    await expect(failing('storage_slow', 1)).resolves.toBe('kept');
    await expect(failing('log_moved', 1)).resolves.toBe('kept');
    await expect(failing('storage_slow', 2)).rejects.toMatchObject({ code: 'storage_slow' });
    await expect(failing('storage_full', 1)).rejects.toMatchObject({ code: 'storage_full' });
  });

  it('fail together when the other end breaks, and the next one begins anew', async () => {
    const [page] = pair();
    const calls = caller();
    calls.use(page);
    const lost = calls.call('record');
    calls.fail({ code: 'engine_broken', message: 'gone', retryable: true }, () => {
      const [again, worker] = pair();
      serving(worker, { record: () => 'saved' });
      calls.use(again);
    });
    await expect(lost).rejects.toMatchObject({ code: 'engine_broken' });
    await expect(calls.call('record')).resolves.toBe('saved');
  });

  it('of other tabs over the same channel are left alone', async () => {
    const [page, worker] = pair();
    const calls = caller();
    calls.use(page);
    const mine = calls.call('status');
    worker.postMessage({ answer: 'other.0', value: 'theirs' });
    worker.postMessage({ answer: 'tab.0', value: 'mine' });
    await expect(mine).resolves.toBe('mine');
  });
});

describe('a call that is not answered', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const never = () => new Promise<never>(() => undefined);

  /** A tab whose worker may be exchanged, as many times as it says. */
  function tab(...workers: Record<string, (...args: never[]) => unknown>[]) {
    let next = 0;
    const use = () => {
      const [page, worker] = pair();
      const methods = workers[next++];
      if (methods !== undefined) serving(worker, methods);
      calls.use(page);
    };
    const calls: Caller = new Caller('tab', () => undefined, use);
    use();
    return { calls, begun: () => next };
  }

  it('of a worker that is gone is made again of another one', async () => {
    const { calls, begun } = tab({}, { record: (id: string) => `${id}!` });
    calls.use(pair()[0]);
    const saved = calls.call('record', 'b');
    await vi.advanceTimersByTimeAsync((opening_beats_max + 1) * beat_ms);
    await expect(saved).resolves.toBe('b!');
    expect(begun()).toBe(2);
  });

  it('of a worker that lives and is stuck is made again of another one', async () => {
    const { calls, begun } = tab(
      { status: () => 'open', record: never },
      { record: () => 'saved' },
    );
    await calls.call('status');
    const saved = calls.call('record');
    await vi.advanceTimersByTimeAsync((beatsFor('record', []) + 1) * beat_ms);
    await expect(saved).resolves.toBe('saved');
    expect(begun()).toBe(2);
  });

  it('by either of two workers fails, and may be tried again', async () => {
    const { calls } = tab({ record: never }, { record: never }, { record: () => 'saved' });
    const lost = calls.call('record').catch((problem: unknown) => problem);
    await vi.advanceTimersByTimeAsync(2 * (opening_beats_max + 2) * beat_ms);
    await expect(lost).resolves.toMatchObject({ code: 'engine_silent', retryable: true });
    await expect(calls.call('record')).resolves.toBe('saved');
  });

  it('of a worker that breaks over it is made again of another one', async () => {
    const { calls, begun } = tab(
      { status: () => 'open', record: never },
      { record: () => 'saved' },
    );
    await calls.call('status');
    const saved = calls.call('record');
    calls.fail({ code: 'engine_broken', message: 'unreachable', retryable: true }, () => undefined);
    await expect(saved).resolves.toBe('saved');
    expect(begun()).toBe(2);
  });

  it('waits on while the worker shows that it lives, up to its own limit', async () => {
    let done: (value: string) => void = () => undefined;
    const { calls, begun } = tab({ fetchFile: () => new Promise((resolve) => (done = resolve)) });
    const fetched = calls.call('fetchFile', 'ab');
    await vi.advanceTimersByTimeAsync(5 * silence_beats_max * beat_ms);
    done('here');
    await expect(fetched).resolves.toBe('here');
    expect(begun()).toBe(1);
  });

  it('leaves no timer behind once all are answered', async () => {
    const { calls } = tab({ status: () => 'fine' });
    await calls.call('status');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may take the longer, the larger the file', () => {
    const video = new Blob([new Uint8Array(10_000_000)]);
    expect(beatsFor('take', ['new', video])).toBeGreaterThan(beatsFor('take', ['new']));
  });
});

describe('a thrown thing', () => {
  it('becomes a problem, whatever it is', () => {
    expect(problemOf(new Error('boom'))).toMatchObject({ code: 'engine_broken', message: 'boom' });
    expect(problemOf('words')).toMatchObject({ message: 'words', retryable: true });
    expect(problemOf(null).code).toBe('engine_broken');
  });
});
