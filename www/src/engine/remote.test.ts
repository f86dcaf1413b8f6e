import { expect, test } from 'vitest';
import { callsOf, isCall, remote } from './remote';
import { Caller, type Port, serve } from './rpc';

/** As wasm-bindgen makes one. */
class Counter {
  count = 0;
  add(more: number): number {
    return (this.count += more);
  }
  free(): void {
    this.count = Number.NaN;
  }
  __destroy_into_raw(): void {
    this.free();
  }
}

/** Both ends of one wire, over which a counter is served. */
function counter() {
  const { port1, port2 } = new MessageChannel();
  const served = new Counter();
  serve(port1 as unknown as Port, (name) =>
    isCall(Counter, name) ? (...args) => served[name as 'add'](...(args as [number])) : undefined,
  );
  const caller = new Caller('tab', () => undefined);
  caller.use(port2 as unknown as Port);
  port1.start();
  port2.start();
  const close = () => {
    port1.close();
    port2.close();
  };
  return { calls: remote<Counter>(caller), close };
}

test('a call reaches the object by its name, and resolves with what it gives', async () => {
  const { calls, close } = counter();
  await expect(calls.add(2)).resolves.toBe(2);
  await expect(calls.add(3)).resolves.toBe(5);
  close();
});

test.each(['free', '__destroy_into_raw', 'constructor', 'toString', 'count', 'less'])(
  'what is no call of the class is refused: %s',
  async (name) => {
    const { calls, close } = counter();
    const unknown = calls as unknown as Record<string, () => Promise<unknown>>;
    await expect(unknown[name]!()).rejects.toMatchObject({ code: 'engine_broken' });
    await expect(calls.add(1)).resolves.toBe(1);
    close();
  },
);

test('an object is called by its own names alone', () => {
  const own = callsOf({ add: () => 1 });
  expect(own('add')).toBeDefined();
  expect(own('toString')).toBeUndefined();
});

test('a remote can be awaited', async () => {
  const { calls, close } = counter();
  expect(await Promise.resolve(calls)).toBe(calls);
  close();
});
