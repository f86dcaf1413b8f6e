/**
 * The list and the sync status as the engine last told them, and the one connection to it.
 *
 * It computes nothing about sync. What somebody saved is asked for at once; what else changes no
 * sooner than twice as long as the last answer took, so that a sync leaves a slow phone time for
 * its owner.
 */
import type { Draft, PhoneView, SyncStatus } from '../../api/types';
import type { Problem } from '../../engine/problem';
import { connect, engine, type Engine } from '../../engine/client';
import { toProblem } from '../../components/problem';
import { ScreenLock } from './screenlock';

const pause_ms_min = 150;
const pause_ms_max = 1000;
const pause_factor = 2;

class Records {
  list = $state.raw<PhoneView[]>([]);
  status = $state.raw<SyncStatus | null>(null);
  /** Why the engine could not be opened or asked. */
  problem = $state.raw<Problem | null>(null);
  /** Whether the beginning of the list is here, if not all of it. */
  loaded = $state(false);
  /** Whether all of it is. */
  complete = $state(false);
  /** How many records there are, here or not. */
  total = $state(0);
  /** How often a file was brought here from the laptop while this page is open, by its hash. */
  brought = $state.raw<Readonly<Record<string, number>>>({});
  #engine: Engine | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reading = false;
  #stale: 'no' | 'yes' | 'now' = 'no';
  #pause_ms = 0;
  #screen = new ScreenLock();

  async open(): Promise<void> {
    this.problem = null;
    try {
      this.#engine = await connect();
      this.#engine.onChange(() => this.#schedule());
      await this.#read();
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  find(record: string): PhoneView | undefined {
    // What is found changes with the list.
    void this.list;
    return this.#engine?.find(record);
  }

  /**
   * Resolves once the record is stored; a new list follows by itself. A new one gets the key of its
   * draft as its id.
   */
  async save(record: string | null, draft: Draft): Promise<string> {
    if (this.#engine === null) throw this.problem ?? toProblem(null);
    const id =
      record === null
        ? await this.#engine.record(draft, draft.draft_key)
        : await this.#engine.edit(record, draft);
    this.#readNow();
    return id;
  }

  /** A photo, audio or video; `null` where it is not on this phone or cannot be read now. */
  async file(hash: string): Promise<Blob | null> {
    return (await engine.file(hash).catch(() => undefined)) ?? null;
  }

  /** A small picture of one; `null` if there is none to be had now. */
  async preview(hash: string): Promise<Blob | null> {
    return engine.preview(hash).catch(() => null);
  }

  /** Brings one here from the laptop; `file` has it then. */
  async fetchFile(hash: string): Promise<void> {
    await engine.fetchFile(hash);
    this.brought = { ...this.brought, [hash]: (this.brought[hash] ?? 0) + 1 };
  }

  /** Lets a laptop know this phone; a first sync follows by itself. */
  async pair(invitation: string, holder: string): Promise<void> {
    if (this.#engine === null) throw this.problem ?? toProblem(null);
    await this.#engine.pair(invitation, holder);
    this.status = await this.#engine.status();
    this.#schedule();
  }

  /** A person asks, and looks on: the screen stays lit until the sync has come to an end. */
  syncNow(): void {
    void this.#screen.hold();
    this.#engine
      ?.syncNow()
      .finally(() => this.#schedule())
      .catch(() => undefined);
  }

  #schedule(): void {
    if (this.#reading) this.#stale = this.#stale === 'now' ? 'now' : 'yes';
    else this.#timer ??= setTimeout(() => void this.#read(), this.#pause_ms);
  }

  /** Somebody waits to see it. */
  #readNow(): void {
    if (this.#reading) {
      this.#stale = 'now';
      return;
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#read();
  }

  async #read(): Promise<void> {
    this.#timer = null;
    if (this.#engine === null) return;
    this.#reading = true;
    this.#stale = 'no';
    const started = performance.now();
    let more = false;
    try {
      const status = await this.#engine.status();
      this.status = status;
      if (!['looking', 'syncing'].includes(status.phase)) this.#screen.release();
      // A phone that was never paired has no list to give.
      if (status.device !== undefined) more = await this.#readList(this.#engine);
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
    const took_ms = performance.now() - started;
    this.#pause_ms = Math.min(pause_ms_max, Math.max(pause_ms_min, took_ms * pause_factor));
    this.#reading = false;
    this.#readOn(more);
  }

  /** What was asked for while something was read. */
  #readOn(more: boolean): void {
    if (this.#stale === 'now' || more) this.#readNow();
    else if (this.#stale === 'yes') this.#schedule();
  }

  /**
   * What changed, and the next piece of a list that is not complete yet. Says whether more follows.
   */
  async #readList(engine: Engine): Promise<boolean> {
    const { views, more, total } = await engine.observations();
    this.list = views;
    this.total = total;
    this.complete = !more;
    return more;
  }
}

export const records = new Records();
