/**
 * Calls over anything that carries messages: a worker, or the channel between tabs.
 *
 * A call is answered by whoever serves at the other end; what nobody answered is sent again when another one
 * takes over, so every method served must bear being called twice.
 */
import type { Problem } from './api';

/** A `Worker`, the inside of one, or a `BroadcastChannel`. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

interface Call {
  call: string;
  method: string;
  args: unknown[];
}

interface Answer {
  answer: string;
  value?: unknown;
  problem?: Problem;
}

/** Something that happened at the serving end. */
export interface News {
  news: 'changed' | 'serving';
}

type Message = Partial<Call> & Partial<Answer> & Partial<News>;

export type Methods = Record<string, (...args: never[]) => unknown>;

/** Calls remembered, so that one which is sent again while it is under way is not carried out again. */
const remembered_max = 1000;

/** Answers calls that come in over `port`. */
export function serve(port: Port, methods: Methods): void {
  const seen = new Set<string>();
  port.addEventListener('message', (event) => {
    const { call, method, args } = event.data as Message;
    if (call === undefined || method === undefined || seen.has(call)) return;
    const served = methods[method];
    if (served === undefined) return;
    seen.add(call);
    for (const oldest of seen) {
      if (seen.size <= remembered_max) break;
      seen.delete(oldest);
    }
    Promise.resolve()
      .then(() => served(...((args ?? []) as never[])))
      .then(
        (value) => port.postMessage({ answer: call, value } satisfies Answer),
        (error: unknown) => port.postMessage({ answer: call, problem: problemOf(error) } satisfies Answer),
      );
  });
}

interface Waiting {
  call: Call;
  resolve: (value: never) => void;
  reject: (problem: Problem) => void;
}

/** Makes calls over a port that may be exchanged. */
export class Caller {
  #port: Port | null = null;
  #name: string;
  #calls = 0;
  #waiting = new Map<string, Waiting>();
  #onNews: (news: News) => void;
  #again: (() => void) | null = null;

  /** `name` tells this caller from every other. */
  constructor(name: string, onNews: (news: News) => void) {
    this.#name = name;
    this.#onNews = onNews;
  }

  /** Goes on over this port; what is not answered yet is sent again over it. */
  use(port: Port): void {
    this.#port?.removeEventListener('message', this.#receive);
    this.#port = port;
    port.addEventListener('message', this.#receive);
    this.sendAgain();
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    this.#again?.();
    this.#again = null;
    const call = { call: `${this.#name}.${this.#calls++}`, method, args };
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(call.call, { call, resolve, reject });
      this.#port?.postMessage(call);
    });
  }

  sendAgain(): void {
    for (const { call } of this.#waiting.values()) this.#port?.postMessage(call);
  }

  /** The other end broke: everything fails that waits for it, and the next call first does `again`. */
  fail(problem: Problem, again: () => void): void {
    this.#port?.removeEventListener('message', this.#receive);
    this.#port = null;
    this.#again = again;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(problem);
  }

  #receive = (event: MessageEvent): void => {
    const message = event.data as Message;
    if (message.news !== undefined) this.#onNews(message as News);
    if (message.answer === undefined) return;
    const waiting = this.#waiting.get(message.answer);
    if (waiting === undefined) return;
    this.#waiting.delete(message.answer);
    if (message.problem === undefined) waiting.resolve(message.value as never);
    else waiting.reject(message.problem);
  };
}

/** Whatever was thrown, in the one shape of failures. */
export function problemOf(error: unknown): Problem {
  const thrown = error as Partial<Problem> | null;
  if (typeof thrown?.code === 'string' && typeof thrown.message === 'string') {
    return { code: thrown.code, message: thrown.message, retryable: thrown.retryable === true };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'engine_broken', message, retryable: true };
}
