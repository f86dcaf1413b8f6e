/**
 * The list and the sync status as the engine last told them, and the one connection to it.
 *
 * It computes nothing about sync. Ten thousand records take a slow phone a moment to hand over, so
 * a new list is asked for no sooner than a few times as long as the last one took.
 */
import type {
  Draft,
  Engine,
  FileSum,
  MediaRef,
  PhotoSettings,
  PhoneView,
  Problem,
  Proof,
  SyncStatus,
} from '../engine/api';
import { connect } from '../engine/client';
import { toProblem } from '../components/problem';
import { ScreenLock } from './screenlock';

const pause_ms_min = 150;
const pause_factor = 4;

class Records {
  list = $state.raw<PhoneView[]>([]);
  status = $state.raw<SyncStatus | null>(null);
  /** Why the engine could not be opened or asked. */
  problem = $state.raw<Problem | null>(null);
  loaded = $state(false);
  /** How often a file was brought here from the laptop while this page is open, by its hash. */
  brought = $state.raw<Readonly<Record<string, number>>>({});
  #engine: Engine | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reading = false;
  #stale = false;
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
    return this.list.find((view) => view.record === record);
  }

  /** Resolves once the record is stored; a new list follows by itself. */
  async save(record: string | null, draft: Draft): Promise<string> {
    if (this.#engine === null) throw this.problem ?? toProblem(null);
    const id =
      record === null
        ? await this.#engine.record(draft)
        : await this.#engine.edit(record, draft);
    this.#schedule();
    return id;
  }

  /**
   * Resolves once a file is durable, with what a draft is to name. This and what follows waits for the engine: a form may
   * be the first thing that a page shows.
   */
  async take(draftKey: string, file: Blob, name: string): Promise<MediaRef> {
    return (await connect()).take(draftKey, file, name);
  }

  /** What was taken for a draft that is not saved yet. */
  async taken(draftKey: string): Promise<MediaRef[]> {
    return (await connect()).taken(draftKey);
  }

  /** Lets go of one file of a draft, or of all. */
  async discard(draftKey: string, hash?: string): Promise<void> {
    await (await connect()).discard(draftKey, hash);
  }

  /** A photo, sound or film; `null` where it is not on this phone or cannot be read now. */
  async file(hash: string): Promise<Blob | null> {
    const file = connect().then((engine) => engine.file(hash));
    return (await file.catch(() => undefined)) ?? null;
  }

  /** A small picture of one; `null` if there is none to be had now. */
  async preview(hash: string): Promise<Blob | null> {
    const preview = connect().then((engine) => engine.preview(hash));
    return (await preview.catch(() => null)) ?? null;
  }

  /** Brings one here from the laptop; `file` has it then. */
  async fetchFile(hash: string): Promise<void> {
    await (await connect()).fetchFile(hash);
    this.brought = { ...this.brought, [hash]: (this.brought[hash] ?? 0) + 1 };
  }

  /** How the project wants its photos. */
  async photos(): Promise<PhotoSettings> {
    return (await (await connect()).settings()).photos;
  }

  /** What leaves the phone when its space is freed, as far as is known without asking the laptop. */
  async freeable(): Promise<FileSum> {
    return (await connect()).freeable();
  }

  /** Removes from this phone the files that the laptop says it holds. */
  async freeSpace(): Promise<FileSum> {
    return (await connect()).freeSpace();
  }

  /** Who wrote a record, and whether it is unaltered; `null` where that cannot be said now. */
  async prove(record: string): Promise<Proof | null> {
    return (await this.#engine?.prove(record).catch(() => null)) ?? null;
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
    this.#engine?.syncNow().finally(() => this.#schedule()).catch(() => undefined);
  }

  #schedule(): void {
    if (this.#reading) this.#stale = true;
    else this.#timer ??= setTimeout(() => void this.#read(), this.#pause_ms);
  }

  async #read(): Promise<void> {
    this.#timer = null;
    if (this.#engine === null) return;
    this.#reading = true;
    this.#stale = false;
    const started = performance.now();
    try {
      this.status = await this.#engine.status();
      if (!['looking', 'syncing'].includes(this.status.phase)) this.#screen.release();
      // A phone that was never paired has no list to give.
      if (this.status.device !== undefined) this.list = await this.#engine.observations();
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
    this.#pause_ms = Math.max(pause_ms_min, (performance.now() - started) * pause_factor);
    this.#reading = false;
    if (this.#stale) this.#schedule();
  }
}

export const records = new Records();
