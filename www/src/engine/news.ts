/**
 * The laptop's event stream, listened to while a page is visible: what another phone brought
 * arrives at once instead of at the next poll, and a laptop that comes back is noticed when the
 * stream opens again.
 *
 * It carries nothing that counts: each event only wakes the sync. It is fetched and not an
 * `EventSource`, which could not show the token.
 */
import { createParser } from 'eventsource-parser';
import type { NewsPlace } from '../api/types';

/** Pause before a stream that ended, or a laptop that is not there, is looked for again. */
const reopen_ms = 5_000;
/** A laptop that refuses will go on refusing: pauses double up to this. */
const refused_ms_max = 5 * 60_000;
/** The laptop says something each 15 seconds; a stream that is silent for longer is dead. */
const silence_ms_max = 40_000;

export class News {
  #place: () => Promise<NewsPlace>;
  #wake: () => void;
  #listening: AbortController | null = null;

  /** `place` finds the laptop, or rejects if there is none. */
  constructor(place: () => Promise<NewsPlace>, wake: () => void) {
    this.#place = place;
    this.#wake = wake;
  }

  /** Listens, or stops listening. */
  listen(on: boolean): void {
    if (on === (this.#listening !== null)) return;
    this.#listening?.abort();
    this.#listening = on ? new AbortController() : null;
    if (this.#listening !== null) void this.#follow(this.#listening.signal);
  }

  async #follow(ended: AbortSignal): Promise<void> {
    let pause_ms = reopen_ms;
    while (!ended.aborted) {
      const refused = (await this.#hear(ended)) === 'refused';
      pause_ms = refused ? Math.min(pause_ms * 2, refused_ms_max) : reopen_ms;
      await pause(pause_ms, ended);
    }
  }

  /** One stream, from its opening to its end. */
  async #hear(ended: AbortSignal): Promise<'ended' | 'refused'> {
    const silence = new Silence(silence_ms_max, ended);
    let heard = false;
    try {
      const { base, token } = await this.#place();
      const answer = await fetch(`${base}/api/v1/events`, {
        headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
        cache: 'no-store',
        signal: silence.signal,
      });
      if (!answer.ok || answer.body === null) return 'refused';
      heard = true;
      this.#wake();
      const parser = createParser({ onEvent: () => this.#wake() });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        silence.broken();
        parser.feed(value);
      }
    } catch {
      // Nobody is there, or no longer: what follows is the same.
    } finally {
      silence.end();
    }
    // Whoever told the news may be gone; the sync finds out.
    if (heard && !ended.aborted) this.#wake();
    return 'ended';
  }
}

/** Aborts its signal when nothing was heard for so long, or when `ended` is aborted. */
class Silence {
  #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout>;
  #ms_max: number;

  constructor(ms_max: number, ended: AbortSignal) {
    this.#ms_max = ms_max;
    this.#timer = this.#start();
    ended.addEventListener('abort', () => this.#controller.abort(), { signal: this.signal });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  /** Nothing is listened for any more: whatever still runs under the signal stops too. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), this.#ms_max);
  }
}

function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    ended.addEventListener('abort', done);
  });
}
