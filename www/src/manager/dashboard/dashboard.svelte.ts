/**
 * All that the manager's page shows, read from the laptop once for each question; from then on only
 * what changed is read.
 *
 * Rows are read a page at a time as the table is scrolled. What is shown stays until its
 * replacement has arrived, and two readings never overlap.
 */
import { toProblem } from '../../components/problem';
import type { DeviceRow, LaptopView, NoticeRow, Status } from '../../api/types';
import type { Problem } from '../../engine/problem';
import { language } from '../../strings/language.svelte';
import { listen } from '../api/events';
import { noFilters, type Filters } from '../api/filters';
import { laptop, page_items } from '../api/laptop';
import { membersOf } from './members';
import { withOwn } from './owncategories';
import { noPoints, pointsAfter, pointsOf, type Points } from './points';
import { rowsAfter, rowsWith } from './rows';

/** A sync sends many events; the page follows at a pace that leaves the laptop alone. */
const settle_ms = 250;
/** A phone that only asks for news commits nothing, so no event tells of it: it is looked for. */
const devices_ms = 5000;

class Dashboard {
  rows = $state.raw<LaptopView[]>([]);
  total = $state(0);
  points = $state.raw(noPoints);
  devices = $state.raw<DeviceRow[]>([]);
  members = $derived(membersOf(this.devices));
  notices = $state.raw<NoticeRow[]>([]);
  status = $state.raw<Status | null>(null);
  filters = $state.raw<Filters>(noFilters);
  selected = $state<string | null>(null);
  /** The chosen record is among the points, and its row is still on its way. */
  seeking = $derived(this.#isSought(this.selected, this.rows, this.points));
  /** Categories of records that were met and that this build has no name for, to filter by. */
  ownCategories = $state.raw<string[]>([]);
  live = $state(false);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** The laptop's own device. */
  #own = $state.raw<string | null>(null);
  #next: string | null = null;
  /** Until when the answers to a question are known; `null` before the first. */
  #known: { filters: Filters; since: string } | null = null;
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

  /**
   * The name of who holds a device; of one that nobody named, words and the beginning of its id.
   */
  nameOf = (device: string): string => {
    if (this.isOwn(device)) return language.words.manager.thisLaptop;
    return this.members.find(({ key }) => key === device)?.name ?? unnamed(device);
  };

  /** The same for the device that writes a log. */
  nameOfWriter = (writer: string): string => {
    const device = this.devices.find(({ writers }) => writers.includes(writer))?.device ?? null;
    return device === null ? unnamed(writer) : this.nameOf(device);
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
      this.rows = rowsWith(this.rows, page.items);
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
      this.#own ??= (await laptop.hello()).device;
      const [status, devices, notices] = await Promise.all([
        laptop.status(),
        laptop.devices(),
        laptop.notices(),
      ]);
      Object.assign(this, { status, devices, notices });
      // After the devices: nobody's record is shown before their name is known.
      await this.#readRecords();
      this.loaded = true;
    });
    void this.#seek();
  }

  async #lookForDevices(): Promise<void> {
    if (!this.live || document.visibilityState === 'hidden') return;
    // A laptop out of reach is told of by the event stream.
    this.devices = await laptop.devices().catch(() => this.devices);
  }

  async #readRecords(): Promise<void> {
    const { filters } = this;
    const since = this.#known?.filters === filters ? this.#known.since : null;
    if (since === null || !(await this.#follow(filters, since))) await this.#readAll(filters);
  }

  /** Reads what changed since; `false` if the laptop does not know. */
  async #follow(filters: Filters, since: string): Promise<boolean> {
    for (let more = true; more;) {
      const changes = await laptop.changes(filters, since);
      if (changes.changes === null) return false;
      if (changes.items.length + changes.removed.length > 0) {
        this.rows = rowsAfter(this.rows, this.#next, changes);
        this.points = pointsAfter(this.points, changes);
        this.#meet(changes.items.map(({ category }) => category));
        this.total = this.points.byRecord.size;
      }
      this.#known = { filters, since: changes.changes };
      ({ more, changes: since } = changes);
    }
    return true;
  }

  /** Reads as many rows as were there, and all points. */
  async #readAll(filters: Filters): Promise<void> {
    const wanted = this.rows.length;
    let page = await laptop.observations(filters, null);
    // Of the first answer: what changes while the others are read is told twice.
    const since = page.changes;
    let rows = page.items;
    while (page.next !== null && rows.length + page_items <= wanted) {
      page = await laptop.observations(filters, page.next);
      rows = rowsWith(rows, page.items);
    }
    Object.assign(this, { rows, total: page.total });
    this.#next = page.next;
    this.points = pointsOf(await laptop.points(filters));
    this.#meet(
      [...this.points.byRecord.values()].map(({ properties }) => String(properties?.['category'])),
    );
    this.total = this.points.byRecord.size;
    this.#known = { filters, since };
  }

  #meet(categories: string[]): void {
    this.ownCategories = withOwn(this.ownCategories, categories);
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

  #isSought(record: string | null, rows: LaptopView[], { byRecord }: Points): boolean {
    if (record === null || rows.some((row) => row.record === record)) return false;
    return byRecord.has(record);
  }
}

function unnamed(id: string): string {
  return `${language.words.detail.unnamedDevice} (${id.slice(0, 8)})`;
}

export const dashboard = new Dashboard();
