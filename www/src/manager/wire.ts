/** What the laptop's API answers to the manager's page. Field names are those on the wire. */
import type { View } from '../engine/api';
import type { Role } from './pairing';

export interface LaptopView extends View {
  received_at: string;
  /** Said to have been seen after it arrived: some clock was wrong. */
  is_ahead: boolean;
  /** How many of its `media` are on the laptop now. */
  media_here: number;
}

export interface Page {
  items: LaptopView[];
  next: string | null;
  total: number;
}

/** One log that was seen, with what came of it and what its phone still lacks. */
export interface Peer {
  writer: string;
  /** Whose log it is; `null` until its first entry arrives. */
  device: string | null;
  name: string | null;
  role: Role;
  last_seen: string | null;
  received: number;
  announced: number;
  missing: number;
  pulled: number;
  lacking: number;
  /** Its clock minus the laptop's, if it told its time. */
  clock_offset_ms?: number | null;
}

export interface Notice {
  at: string;
  code: string;
  message: string;
  writer: string | null;
  /** The file that it is about. */
  media: string | null;
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
  clock: ClockStatus;
}

/** What the laptop's clock says, and what time it probably is if that cannot be right. RFC 3339. */
export interface ClockStatus {
  now: string;
  probably: string | null;
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

export interface ImportReport {
  added: number;
  known: number;
  refused: number;
  rows: { line: number; code: string; message: string }[];
  encoding: string;
  notes: string[];
}
