/** An object with calls, reached over a port: each call resolves with what it gives there. */
import type { Caller, Method } from './rpc';

type Call<F> = F extends (...args: infer A) => infer R
  ? (...args: A) => Promise<Awaited<R>>
  : never;

/** The calls of `T`, without those that belong to whoever made the object. */
export type Remote<T> = { [Name in CallOf<T>]: Call<T[Name]> };
type CallOf<T> = Exclude<keyof T & string, 'free'>;

/** Every name is a call, and whether there is one of that name is for the other end to say. */
export function remote<T>(caller: Caller): Remote<T> {
  const call = (_: object, name: string | symbol) =>
    // Whoever awaits an object asks it for `then` first.
    typeof name === 'symbol' || name === 'then'
      ? undefined
      : (...args: unknown[]) => caller.call(name, ...args);
  return new Proxy({}, { get: call }) as Remote<T>;
}

/** The calls of an object, by their names. */
export function callsOf(calls: object): (name: string) => Method | undefined {
  return (name) =>
    Object.hasOwn(calls, name) ? (calls as Record<string, Method>)[name] : undefined;
}

/** Whether a class has a call of this name; what wasm-bindgen adds for itself is none. */
export function isCall<T>(made: { prototype: T }, name: string): name is CallOf<T> {
  const value: unknown = Object.getOwnPropertyDescriptor(made.prototype, name)?.value;
  return typeof value === 'function' && !/^(constructor$|free$|__)/.test(name);
}
