/**
 * A wifi that keeps breaking, between phones and a laptop: it passes bytes on as they are and
 * stands at the laptop's own address for phones with its `flags`, so that certificates and what the
 * laptop says of itself stay true. It cuts each connection after a number of bytes that a seed
 * decides.
 *
 * It breaks nothing until it is told to, so that a test can first let its phones in.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { atEnd } from './ending.mjs';

/** Bytes after which a connection is cut, counted over both directions. */
const cut_after_bytes = { min: 50_000, max: 1_500_000 };
/** What the air carries, both ways and of all phones: some 40 Mbit/s. */
const air_bytes_per_ms = 5_000;
/** What it carries of one connection before the others have their turn. */
const frame_bytes = 16 * 1024;

export class BreakingWifi {
  /**
   * Bytes that phones sent, that they were sent, and connections that were cut, since the last
   * `count`.
   */
  up_bytes = 0;
  down_bytes = 0;
  cuts = 0;
  #breaks = false;
  #random;
  #server;
  #to;
  #pairs = new Set();
  #free_at = 0;

  constructor(seed, to) {
    this.seed = seed;
    this.#random = random(seed);
    this.#to = to;
  }

  /**
   * In front of this laptop, or of another address of it. The seed is told with the test;
   * `CUTS_SEED` replays one.
   */
  static async before(t, laptop, origin = laptop.origin) {
    const seed = Number(process.env.CUTS_SEED ?? Date.now() % 1_000_000);
    const { hostname, port } = new URL(origin);
    const wifi = new BreakingWifi(seed, { host: hostname, port: Number(port) });
    t.diagnostic?.(`CUTS_SEED=${seed}`);
    atEnd(t, () => wifi.goAway());
    await wifi.#listen(0, hostname);
    return wifi;
  }

  /** With these flags, Chromium reaches the laptop through these and not otherwise. */
  static flags(...wifis) {
    const rules = wifis.map(
      (wifi) => `MAP ${wifi.#address(wifi.#to.port)} ${wifi.#address(wifi.port)}`,
    );
    return [`--host-resolver-rules=${rules.join(',')}`];
  }

  #address(port) {
    return `${this.#to.host}:${port}`;
  }

  /** From now on connections are cut, those too that are there; or no more. */
  breaks(does = true) {
    this.#breaks = does;
    for (const pair of this.#pairs) pair.left_bytes = this.#patience();
  }

  /** Begins to count anew. */
  count() {
    this.up_bytes = this.down_bytes = this.cuts = 0;
  }

  /** Cuts whatever is connected now. */
  cutAll() {
    for (const pair of this.#pairs) this.#cut(pair);
  }

  /**
   * What is connected now carries nothing any more, and nobody is told. Whoever connects anew is
   * heard.
   */
  fallSilent() {
    for (const pair of this.#pairs) pair.is_silent = true;
  }

  /** Whether a phone still holds on to a connection that fell silent. */
  get isHeldInSilence() {
    return [...this.#pairs].some((pair) => pair.is_silent);
  }

  /** Resolves once phones have sent so many bytes since the last `count`. */
  async hasTaken(bytes) {
    if (this.up_bytes >= bytes) return;
    await new Promise((resolve) => (this.#awaited = { bytes, resolve }));
  }

  /** Nobody answers at its address any more. */
  async goAway() {
    this.cutAll();
    if (this.#server?.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  async comeBack() {
    await this.#listen(this.port, this.#to.host);
  }

  #awaited = null;

  async #listen(port, host) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (phone) =>
      this.#join(phone),
    );
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, resolve);
    });
    this.port = this.#server.address().port;
  }

  #join(phone) {
    const laptop = connect({ ...this.#to, allowHalfOpen: true, noDelay: true });
    const pair = { phone, laptop, left_bytes: this.#patience(), is_silent: false };
    this.#pairs.add(pair);
    this.#pass(pair, phone, laptop, (bytes) => {
      this.up_bytes += bytes;
      if (this.up_bytes >= this.#awaited?.bytes) this.#awaited.resolve();
    });
    this.#pass(pair, laptop, phone, (bytes) => (this.down_bytes += bytes));
  }

  #pass(pair, from, to, count) {
    from.on('data', async (bytes) => {
      from.pause();
      for (let at = 0; at < bytes.length && this.#pairs.has(pair); at += frame_bytes) {
        await this.#carry(pair, bytes.subarray(at, at + frame_bytes), to, count);
      }
      from.resume();
    });
    const isUnheard = () => pair.is_silent && from === pair.laptop;
    from.on('end', () => isUnheard() || (pair.is_silent ? this.#cut(pair) : to.end()));
    from.on('error', () => isUnheard() || this.#cut(pair));
    from.on('close', () => isUnheard() || this.#cut(pair));
  }

  /** Passes bytes on when the air is free for them, as far as the connection lasts. */
  async #carry(pair, bytes, to, count) {
    const now = performance.now();
    this.#free_at = Math.max(this.#free_at, now) + bytes.length / air_bytes_per_ms;
    await setTimeout(this.#free_at - now);
    if (pair.is_silent) return;
    // What was sent was sent, whether it arrives or not.
    count(bytes.length);
    const passed = bytes.subarray(0, pair.left_bytes);
    pair.left_bytes -= passed.length;
    if (to.writable && !to.write(passed)) {
      await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => {});
    }
    if (pair.left_bytes === 0 && this.#cut(pair)) this.cuts += 1;
  }

  /** Says whether it was still whole. */
  #cut(pair) {
    if (!this.#pairs.delete(pair)) return false;
    pair.phone.resetAndDestroy();
    // What was passed on arrives.
    pair.laptop.destroySoon();
    return true;
  }

  #patience() {
    if (!this.#breaks) return Infinity;
    const { min, max } = cut_after_bytes;
    return Math.floor(min + this.#random() * (max - min));
  }
}

/** Numbers from 0 to 1, always the same ones of a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
