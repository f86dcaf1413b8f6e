import { describe, expect, it } from 'vitest';
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

const caller = () => new Caller('tab', () => undefined);

describe('calls', () => {
  it('come back with the value or with the problem', async () => {
    const [page, worker] = pair();
    serve(worker, {
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
    serve(worker, { record: (id: string) => `${id}!` });
    calls.use(again);
    await expect(saved).resolves.toBe('a!');
    deaf.postMessage({ answer: 'tab.0', value: 'late' });
  });

  it('that are sent again while under way are carried out once', async () => {
    const [page, worker] = pair();
    let count = 0;
    serve(worker, { record: () => ++count });
    const calls = caller();
    calls.use(page);
    const saved = calls.call('record');
    calls.sendAgain();
    await expect(saved).resolves.toBe(1);
    expect(count).toBe(1);
  });

  it('fail together when the other end breaks, and the next one begins anew', async () => {
    const [page] = pair();
    const calls = caller();
    calls.use(page);
    const lost = calls.call('record');
    calls.fail({ code: 'engine_broken', message: 'gone', retryable: true }, () => {
      const [again, worker] = pair();
      serve(worker, { record: () => 'saved' });
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

describe('a thrown thing', () => {
  it('becomes a problem, whatever it is', () => {
    expect(problemOf(new Error('boom'))).toMatchObject({ code: 'engine_broken', message: 'boom' });
    expect(problemOf('words')).toMatchObject({ message: 'words', retryable: true });
    expect(problemOf(null).code).toBe('engine_broken');
  });
});
