/**
 * All that the manager's page shows, read from the laptop and read again when it says something
 * changed.
 *
 * Rows are read a page at a time as the table is scrolled; a refresh reads as many as were there.
 * What is shown stays until its replacement has arrived, and two refreshes never overlap.
 */
import { toProblem } from '../components/problem';
import type { Problem } from '../engine/api';
import { language } from '../strings/language.svelte';
import { listen } from './events';
import { noFilters, type Filters } from './filters';
import { laptop, page_items } from './laptop';
import { membersOf } from './members';
import { recordOf, type Points } from './points';
import type { Device, LaptopStatus, LaptopView, Notice } from './wire';

/** A sync sends many events; the page follows at a pace that leaves the laptop alone. */
const settle_ms = 250;
/** A phone that only asks for news commits nothing, so no event tells of it: it is looked for. */
const devices_ms = 5000;
const noPoints: Points = { type: 'FeatureCollection', features: [] };

class Ledger {
  rows = $state.raw<LaptopView[]>([]);
  total = $state(0);
  points = $state.raw(noPoints);
  devices = $state.raw<Device[]>([]);
  members = $derived(membersOf(this.devices));
  notices = $state.raw<Notice[]>([]);
  status = $state.raw<LaptopStatus | null>(null);
  filters = $state.raw<Filters>(noFilters);
  selected = $state<string | null>(null);
  /** The chosen record is among the points, and its row is still on its way. */
  seeking = $derived(this.#isSought(this.selected, this.rows, this.points));
  live = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The laptop's own device. */
  #own = $state.raw<string | null>(null);
  #next: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  /** The last reading that was begun; it never rejects. */
  #reading: Promise<void> = Promise.resolve();
  #stale = false;

  start(): () => void {
    this.refresh(0);
    const looking = setInterval(() => void this.#lookForDevices(), devices_ms);
    const stop = listen(
      () => this.refresh(settle_ms),
      (live) => (this.live = live),
      // Asking says why: a session that is over is known from any answer.
      () => void laptop.session().catch(() => undefined),
    );
    return () => {
      clearInterval(looking);
      clearTimeout(this.#timer);
      this.#timer = undefined;
      stop();
      this.live = false;
    };
  }

  filter(filters: Filters): void {
    this.filters = filters;
    this.refresh(settle_ms);
  }

  refresh(wait_ms: number): void {
    if (this.#busy) this.#stale = true;
    else this.#timer ??= setTimeout(() => void this.#read(), wait_ms);
  }

  /** Whether a file that is not here was here, and was set aside as damaged. */
  wasDamaged = (hash: string): boolean =>
    this.notices.some(({ code, media }) => code === 'media_damaged' && media === hash);

  isOwn = (device: string): boolean => device === this.#own;

  /** The name of who holds a device, or the beginning of its id. */
  nameOf = (device: string): string => {
    if (this.isOwn(device)) return language.words.manager.thisLaptop;
    return this.members.find(({ key }) => key === device)?.name ?? device.slice(0, 8);
  };

  /** The name of the device that writes a log, or the beginning of the log's id. */
  nameOfWriter = (writer: string): string => {
    const device = this.devices.find(({ writers }) => writers.includes(writer))?.device ?? null;
    return device === null ? writer.slice(0, 8) : this.nameOf(device);
  };

  /** Chooses a record; one far down the table is read up to. */
  select(record: string): void {
    this.selected = record;
    void this.#seek();
  }

  /** One more page of rows, when the table is scrolled near its end. */
  async more(): Promise<void> {
    if (this.#busy || this.#next === null) return;
    await this.#alone(async () => {
      const page = await laptop.observations(this.filters, this.#next);
      this.rows = this.rows.concat(page.items);
      this.total = page.total;
      this.#next = page.next;
    });
  }

  /** Reads until so many rows are here, or all. */
  async upTo(rows: number): Promise<void> {
    await this.#reading;
    while (this.#next !== null && this.rows.length < rows && this.problem === null) {
      await this.more();
      // Another reading may have begun in between.
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    this.#timer = undefined;
    await this.#alone(async () => {
      const { filters } = this;
      this.#own ??= (await laptop.hello()).device;
      const [status, devices, notices, points] = await Promise.all([
        laptop.status(),
        laptop.devices(),
        laptop.notices(),
        laptop.points(filters),
      ]);
      Object.assign(this, { status, devices, notices, points });
      await this.#readRows(filters, this.rows.length);
      this.loaded = true;
    });
    void this.#seek();
  }

  async #lookForDevices(): Promise<void> {
    if (!this.live || document.visibilityState === 'hidden') return;
    // A laptop out of reach is told of by the event stream.
    this.devices = await laptop.devices().catch(() => this.devices);
  }

  async #readRows(filters: Filters, wanted: number): Promise<void> {
    let page = await laptop.observations(filters, null);
    let rows = page.items;
    while (page.next !== null && rows.length + page_items <= wanted) {
      page = await laptop.observations(filters, page.next);
      rows = rows.concat(page.items);
    }
    this.rows = rows;
    this.total = page.total;
    this.#next = page.next;
  }

  #alone(read: () => Promise<void>): Promise<void> {
    this.#reading = this.#readAlone(read);
    return this.#reading;
  }

  async #readAlone(read: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#stale = false;
    try {
      await read();
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    }
    this.#busy = false;
    if (this.#stale) this.refresh(settle_ms);
  }

  async #seek(): Promise<void> {
    while (this.seeking && !this.#busy && this.#next !== null && this.problem === null) {
      await this.more();
    }
  }

  #isSought(record: string | null, rows: LaptopView[], { features }: Points): boolean {
    if (record === null || rows.some((row) => row.record === record)) return false;
    return features.some((feature) => recordOf(feature) === record);
  }
}

export const ledger = new Ledger();
