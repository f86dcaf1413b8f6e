/**
 * Calls over anything that carries messages: a worker, or the channel between tabs.
 *
 * A call is answered by whoever serves at the other end; what nobody answered is sent again when
 * another one takes over, so every method served must bear being called twice. No call waits for
 * ever: see `patience`.
 */
import type { Problem } from './problem';
import { beat_ms, beatsFor, opening_beats_max, silence_beats_max, tries_max } from './patience';

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

/** Asks for a sign of life, and gives it. */
interface Beat {
  beat: 'ask' | 'alive';
}

/** Something that happened at the serving end. */
export interface News {
  news: 'changed' | 'serving';
}

type Message = Partial<Call> & Partial<Answer> & Partial<News> & Partial<Beat>;

/** Carries out a call. */
export type Method = (...args: unknown[]) => unknown;

/**
 * Calls remembered, so that one which is sent again while it is under way is not carried out again.
 */
const remembered_max = 1000;

/** Answers calls that come in over `port`. One that `methodOf` does not know is refused. */
export function serve(port: Port, methodOf: (name: string) => Method | undefined): void {
  const seen = new Set<string>();
  port.addEventListener('message', (event) => {
    const { call, method, args, beat } = event.data as Message;
    if (beat === 'ask') port.postMessage({ beat: 'alive' } satisfies Beat);
    if (call === undefined || method === undefined || seen.has(call)) return;
    const served = methodOf(method) ?? refusing(method);
    seen.add(call);
    for (const oldest of seen) {
      if (seen.size <= remembered_max) break;
      seen.delete(oldest);
    }
    Promise.resolve()
      .then(() => served(...(args ?? [])))
      .then(
        (value) => port.postMessage({ answer: call, value } satisfies Answer),
        (error: unknown) =>
          port.postMessage({ answer: call, problem: problemOf(error) } satisfies Answer),
      );
  });
}

function refusing(method: string): Method {
  const message = `the engine has no call ${method}`;
  return () =>
    Promise.reject({ code: 'engine_broken', message, retryable: false } satisfies Problem);
}

interface Waiting {
  call: Call;
  resolve: (value: never) => void;
  reject: (problem: Problem) => void;
  /** Beats since it was sent last, and how often it was. */
  beats: number;
  tries: number;
}

/** Failures of the moment, after which a call is made once more before anybody hears of it. */
const passing = new Set(['storage_slow', 'log_moved']);

/** Makes calls over a port that may be exchanged. */
export class Caller {
  #port: Port | null = null;
  #name: string;
  #calls = 0;
  #waiting = new Map<string, Waiting>();
  #onNews: (news: News) => void;
  #again: (() => void) | null = null;
  #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  /** Beats without a sign of life. */
  #silent_beats = 0;
  /** Whether the other end has answered a call yet. */
  #has_answered = false;

  /**
   * `name` tells this caller from every other. `onSilence` is called when the other end is gone, or
   * stuck in a call: it is to `use` another one.
   */
  constructor(name: string, onNews: (news: News) => void, onSilence: () => void = () => undefined) {
    this.#name = name;
    this.#onNews = onNews;
    this.#onSilence = onSilence;
  }

  /** Goes on over this port; what is not answered yet is sent again over it. */
  use(port: Port): void {
    this.#port?.removeEventListener('message', this.#receive);
    this.#port = port;
    this.#silent_beats = 0;
    this.#has_answered = false;
    port.addEventListener('message', this.#receive);
    this.sendAgain();
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    this.#again?.();
    this.#again = null;
    const call = { call: `${this.#name}.${this.#calls++}`, method, args };
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(call.call, { call, resolve, reject, beats: 0, tries: 1 });
      this.#port?.postMessage(call);
      this.#watch();
    });
  }

  sendAgain(): void {
    for (const { call } of this.#waiting.values()) this.#port?.postMessage(call);
  }

  /** Under another name: whoever served it remembers the first. */
  #makeAgain({ call, resolve, reject, tries }: Waiting): void {
    const again = { ...call, call: `${this.#name}.${this.#calls++}` };
    this.#waiting.set(again.call, { call: again, resolve, reject, beats: 0, tries: tries + 1 });
    this.#port?.postMessage(again);
  }

  /** Beats as long as anything is waited for. */
  #watch(): void {
    const waits = this.#waiting.size > 0;
    if (waits) this.#timer ??= setInterval(this.#beat, beat_ms);
    else if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      this.#silent_beats = 0;
    }
  }

  #beat = (): void => {
    this.#silent_beats += 1;
    const opening = this.#has_answered ? 0 : opening_beats_max;
    const is_gone = this.#silent_beats > Math.max(silence_beats_max, opening);
    let is_stuck = false;
    for (const waiting of this.#waiting.values()) {
      waiting.beats += 1;
      const { method, args } = waiting.call;
      is_stuck ||= waiting.beats > Math.max(beatsFor(method, args), opening);
    }
    if (is_gone || is_stuck) this.#giveUp();
    this.#port?.postMessage({ beat: 'ask' } satisfies Beat);
  };

  /** What waits is made once more, of another one; what was already fails. */
  #giveUp(why?: Problem): void {
    this.#silent_beats = 0;
    for (const [id, waiting] of this.#waiting) {
      waiting.beats = 0;
      waiting.tries += 1;
      if (waiting.tries <= tries_max) continue;
      this.#waiting.delete(id);
      const message = `the engine did not answer (${waiting.call.method})`;
      waiting.reject(why ?? { code: 'engine_silent', message, retryable: true });
    }
    this.#watch();
    this.#onSilence();
  }

  /**
   * The other end broke. One that worked before is replaced at once; with one that never did
   * everything fails that waits for it, and the next call first does `again`.
   */
  fail(problem: Problem, again: () => void): void {
    if (this.#has_answered) {
      this.#giveUp(problem);
      return;
    }
    this.#port?.removeEventListener('message', this.#receive);
    this.#port = null;
    this.#again = again;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(problem);
    this.#watch();
  }

  #receive = (event: MessageEvent): void => {
    const message = event.data as Message;
    if (message.call === undefined && message.beat !== 'ask') this.#silent_beats = 0;
    if (message.news !== undefined) this.#onNews(message as News);
    if (message.answer === undefined) return;
    this.#has_answered = true;
    const waiting = this.#waiting.get(message.answer);
    if (waiting === undefined) return;
    this.#waiting.delete(message.answer);
    if (passing.has(message.problem?.code ?? '') && waiting.tries < tries_max) {
      this.#makeAgain(waiting);
      return;
    }
    this.#watch();
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
