/** What the laptop's API answers to the manager's page. Field names are those on the wire. */
import type { View } from '../../engine/api';
import type { Told } from '../../strings/es/import';
import type { Pairing, Role } from './pairing';

export interface LaptopView extends View {
  received_at: string;
  /** Said to have been seen after it arrived: some clock was wrong. */
  is_ahead: boolean;
  /** How many of its `media` are on the laptop now. */
  media_here: number;
  /** Ascends, as text, from the latest observation to the earliest. */
  place_in_list: string;
}

export interface Page {
  items: LaptopView[];
  next: string | null;
  total: number;
  /** To ask what changes from now on. */
  changes: string;
}

/** What may have changed of what a question finds. */
export interface Changes {
  /** Found now. */
  items: LaptopView[];
  /** Records that are not found now. */
  removed: string[];
  /** To ask what changes from now on; `null` where all is to be read again. */
  changes: string | null;
  /** More changed already. */
  more: boolean;
}

/** Files that records name, each once, and those of them that are on the laptop. */
export interface NamedFiles {
  named: number;
  here: number;
}

/** Each device once: who has it, what it recorded, and what of that has arrived. */
export interface Device {
  /** `null` as long as nobody knows whose log it is. */
  device: string | null;
  writers: string[];
  name: string | null;
  role: Role;
  /** `null` where it was not paired here: its entries came by way of another laptop. */
  pairing: Pairing | null;
  seen_at: string | null;
  /** When it last told how much it has. */
  told_at: string | null;
  /** Its clock minus the laptop's, if it told its time. */
  clock_offset_ms: number | null;
  standing: 'unknown' | 'missing' | 'complete';
  /** Observations that it began and that are here. */
  observations: number;
  /** Entries of its logs: observations, and later changes of them. */
  entries: { here: number; missing: number };
  photos: NamedFiles;
  other_files: NamedFiles;
  /** Of its files that are not here. */
  missing_bytes: number;
  /** Entries of others that it lacked when it last asked. */
  lacking: number;
}

export interface Notice {
  id: number;
  at: string;
  /** How often the same was noticed of what one device brought; the rest is of the last. */
  count?: number;
  code: string;
  message: string;
  writer: string | null;
  /** The file that it is about. */
  media: string | null;
  /** When a manager marked it as done. */
  done_at: string | null;
}

export interface LaptopHello {
  /** The author of what was imported here. */
  device: string;
  /** Its clock, RFC 3339. */
  time: string;
}

export interface LaptopStatus {
  project: string;
  name: string;
  records: number;
  versions: number;
  entries: number;
  writers: number;
  heads: number;
  conflicts: number;
  media: MediaStatus;
  /** `null` unless the laptop's clock is probably wrong. */
  clock: ClockDoubt | null;
}

/** What the laptop's clock says, and what time it probably is. RFC 3339. */
export interface ClockDoubt {
  now: string;
  probably: string;
}

/** How the files stand that records name. */
export interface MediaStatus {
  /** Distinct files. */
  named: number;
  here: number;
  here_bytes: number;
  missing_bytes: number;
  /** Found altered on the laptop's disk, put aside, and not come again since. */
  damaged: number;
  /** Free on the laptop's disk for more files. */
  room_bytes: number;
  /** Files are refused for want of room. */
  is_full: boolean;
}

/** Where a row stands in its file. */
export interface RowPosition {
  line: number;
  /** Of features. */
  character?: number;
  feature?: number;
  /** What the row is called there. */
  name?: string;
}

export interface ImportReport {
  added: number;
  known: number;
  /** Corrected as asked for. */
  changed: number;
  /** Not taken, because they say something else of a record that is here. */
  differing: number;
  refused: number;
  rows: (RowPosition & Told & { code: string })[];
  changes: (RowPosition & { record: string })[];
  encoding: string;
  notes: (Told & { code: string; count: number; at: RowPosition[] })[];
}
