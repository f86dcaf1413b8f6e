/**
 * A code on show, one for each role, and the watch for whoever comes in by it.
 *
 * A code is kept while it is good for long enough: the laptop has few open at once, and looking
 * twice must not use them up.
 */
import { toProblem } from '../../components/problem';
import type { CodeAnswer, PairingItem, PairingList, Role } from '../../api/types';
import type { Problem } from '../../engine/problem';
import { laptop } from '../api/laptop';
import { newcomer } from '../api/pairing';

const look_ms = 2000;
const tick_ms = 500;
/** With less left, nobody gets a phone out of a pocket in time. */
const left_ms_min = 60_000;

class Invitation {
  role = $state<Role>('monitor');
  #offers = $state.raw<Partial<Record<Role, CodeAnswer>>>({});
  offer = $derived(this.#offers[this.role] ?? null);
  /** How long the code is still good for, by the laptop's clock; 0 once it is used or too old. */
  left_ms = $state(0);
  /** The laptop has not answered with a code yet. */
  waiting = $state(true);
  problem = $state.raw<Problem | null>(null);
  #onArrived: (pairing: PairingItem) => void = () => undefined;
  #before: PairingItem[] | null = null;
  /** The laptop's clock minus this browser's: the page may be open on another machine. */
  #ahead_ms = 0;
  #looking = false;

  /** Shows a code until stopped, and calls back once when somebody has come in. */
  start(onArrived: (pairing: PairingItem) => void): () => void {
    this.#onArrived = onArrived;
    this.#before = null;
    this.waiting = true;
    void this.#begin();
    const ticks = setInterval(() => this.#tick(), tick_ms);
    const looks = setInterval(() => void this.look(), look_ms);
    return () => {
      clearInterval(ticks);
      clearInterval(looks);
      this.#onArrived = () => undefined;
    };
  }

  choose(role: Role): void {
    this.role = role;
    if (this.#left(this.offer) < left_ms_min) void this.renew();
    this.#tick();
  }

  /** Takes another code for the role. */
  async renew(): Promise<void> {
    // Without knowing who was in before, nobody could be told to be new.
    if (this.#before === null) return this.#begin();
    const { role } = this;
    this.waiting = true;
    await this.#attempt(async () => {
      const offer = await laptop.openCode(role);
      this.#offers = { ...this.#offers, [role]: offer };
    });
    this.waiting = false;
  }

  /** Whether somebody has come in by now. */
  async look(): Promise<void> {
    if (this.#looking || this.#before === null) return;
    this.#looking = true;
    await this.#attempt(async () => {
      const list = await laptop.pairings();
      const used = this.#forgetClosed(list);
      const arrived = used ? newcomer(this.#before ?? [], list.items) : null;
      if (arrived !== null) this.#onArrived(arrived);
    });
    this.#looking = false;
  }

  async #begin(): Promise<void> {
    await this.#attempt(async () => {
      const [{ time }, list] = await Promise.all([laptop.hello(), laptop.pairings()]);
      this.#ahead_ms = Date.parse(time) - Date.now();
      this.#before = list.items;
      this.#forgetClosed(list);
    });
    this.waiting = false;
    if (this.#before !== null) this.choose(this.role);
  }

  /** Drops the codes that are no longer open; tells whether there were any. */
  #forgetClosed({ codes }: PairingList): boolean {
    const open = new Set(codes.map(({ id }) => id));
    const all = Object.entries(this.#offers);
    const kept = all.filter(([, offer]) => open.has(offer.id));
    if (kept.length === all.length) return false;
    this.#offers = Object.fromEntries(kept);
    return true;
  }

  async #attempt(attempt: () => Promise<void>): Promise<void> {
    try {
      await attempt();
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
    this.#tick();
  }

  #tick(): void {
    this.left_ms = this.#left(this.offer);
  }

  #left(offer: CodeAnswer | null): number {
    if (offer === null) return 0;
    return Math.max(0, Date.parse(offer.expires_at) - Date.now() - this.#ahead_ms);
  }
}

export const invitation = new Invitation();
