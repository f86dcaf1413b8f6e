/**
 * The words that cross between the pages, the worker and the laptop's API.
 *
 * Field names are those of the `shared` crate (snake_case, as on the wire), so that a record looks the
 * same in Rust, JSON, IndexedDB and here. Times are RFC 3339 strings in UTC; ids are lower-case hex.
 */
import type { Readiness } from '../readiness/report';
import type { Code } from './codes';

export type Answer = string | number | boolean | string[];

export interface Place {
  /** Decimal degrees, WGS 84. */
  lat: number;
  lon: number;
  accuracy_m?: number;
  altitude_m?: number;
  source: 'gps' | 'hand' | 'import';
}

/** A photo, sound or film by its hash. */
export interface MediaRef {
  /** BLAKE3 of the file. */
  hash: string;
  /** Size of the file. */
  bytes: number;
  /** Media type, such as `image/jpeg`. */
  type: string;
  name: string;
}

/** What a person fills in; the engine adds ids, parents, times and the place in the log. */
export interface Draft {
  category: string;
  note: string;
  /** When it was seen: a day, or RFC 3339 with the offset of its clock; the moment of saving if absent. */
  observed_at?: string;
  location?: Place;
  answers?: Record<string, Answer>;
  /** Photos, sounds and films in the order in which they were taken; absent, an edit keeps those of the record. */
  media?: MediaRef[];
  /**
   * Names this draft for good. Files are taken under it, and what of them it does not name is let go when it is saved;
   * `saved` knows it from then on.
   */
  draft_key?: string;
  /** The version that the person saw when an edit began; absent, the edit follows the one that is shown by then. */
  base?: string;
}

export interface FieldConflict {
  /** `note`, `category`, `location`, `observed_at`, or `answers.<key>`. */
  field: string;
  /** The value shown comes first; the others follow. */
  values: {
    version: string;
    /** Who wrote the value, whoever edited the rest since; absent where that lies too far back. */
    author?: string;
    value: unknown;
  }[];
  /** How many other values there are. */
  more?: number;
}

/** One record as people see it: computed from its heads, never stored. */
export interface View {
  record: string;
  kind: 'observation' | 'track';
  /** The version whose values are shown where heads differ. */
  winner: string;
  /** The best 64. */
  heads: string[];
  /** How many heads there are beside them. */
  heads_more?: number;
  generation: number;
  /** Who began the record, and so saw what it tells of; absent where its first version is not held. */
  observer?: string;
  /** The file or program that it was taken in from; absent where a person wrote it. */
  source?: string;
  /** Who wrote the version that is shown. */
  author: string;
  role: 'monitor' | 'manager';
  written_at: string;
  /** A day, or RFC 3339 with the offset of the clock that it was read from. */
  observed_at: string;
  /** Nobody said in what zone that time is. */
  zone_assumed?: boolean;
  location?: Place;
  category: string;
  answers: Record<string, Answer>;
  /** How many answers and files the heads have beside those that are here. */
  answers_more?: number;
  media_more?: number;
  note: string;
  /** Photos, sounds and films of the heads, in the order in which they were taken. */
  media: MediaRef[];
  deleted: boolean;
  /** Somebody deleted it while somebody else went on editing: it stays visible. */
  edit_against_delete: boolean;
  conflicts: FieldConflict[];
  /** How many fields differ beside them. */
  conflicts_more?: number;
}

/** A record in the phone's list. */
export interface PhoneView extends View {
  /** `on_laptop` only after the laptop answered that its commit was durable. */
  state: 'on_phone' | 'on_laptop';
  /** Recorded on this phone. */
  mine: boolean;
  /** Who holds the device on which it was recorded, if anybody said so. */
  observer_name?: string;
  /** Said to have been seen later than this phone's clock says now: some clock was wrong. */
  is_ahead: boolean;
  /** What the list is ordered by, in milliseconds since 1970. */
  listed_ms: number;
  /** Files of it that are on this phone and that no laptop holds. */
  media_waiting: number;
}

/** The list, or the beginning of it. */
export interface RecordList {
  views: PhoneView[];
  /** Whether records follow that are not among `views` yet. */
  more: boolean;
  /** How many there are in all. */
  total: number;
}

/** How a project wants its phones to work, as its managers decided. */
export interface Settings {
  photos: PhotoSettings;
}

/** How photos are kept: as the camera made them, or with a longer side of at most `pixels_max`, as JPEG of this quality. */
export type PhotoSettings =
  | { kept: 'original' }
  | {
      kept: 'scaled';
      pixels_max: number;
      /** 1 to 100. */
      quality: number;
    };

/** So many files, and their bytes. */
export interface FileSum {
  count: number;
  bytes: number;
}

/** A file on its way to the laptop. */
export interface SendingFile {
  hash: string;
  name: string;
  /** What the laptop has of it. */
  done_bytes: number;
  bytes: number;
}

/** How the photos, sounds and films of this phone stand. */
export interface FilesStatus {
  /** Files that no laptop holds, and their bytes. */
  waiting: number;
  waiting_bytes: number;
  /** How many of those that wait are pictures, and how many are not. */
  photos: number;
  others: number;
  /** Files on their way now. */
  sending: SendingFile[];
  /** Of the round that is under way; all 0 while there is none. */
  done: number;
  total: number;
  done_bytes: number;
  total_bytes: number;
  /**
   * Why files do not go: what the laptop said, such as `disk_reserve`; or `media_damaged`, when a file of this phone is
   * no longer what was taken, so that it is not sent.
   */
  problem?: Problem;
}

export interface SyncStatus {
  /**
   * unpaired: no laptop has let this phone in; looking: asking the known addresses; syncing: `done` of `total` entries moved;
   * synced: nothing is waiting, at `met_at`; away: no laptop answered, last met at `met_at` if ever;
   * failed: somebody answered, but with `problem`, or this phone failed.
   */
  phase: 'unpaired' | 'looking' | 'syncing' | 'synced' | 'away' | 'failed';
  done: number;
  total: number;
  /** Versions recorded here that no laptop has confirmed. */
  waiting: number;
  /** Whether a laptop has let this phone in. */
  paired: boolean;
  /** Who holds this phone, and what it may do, as of the pairing. */
  holder?: string;
  role?: 'monitor' | 'manager';
  /** This phone, as author of versions; absent until it has a project. */
  device?: string;
  met_at?: string;
  laptop?: string;
  /** What the clocks of this phone and its laptop say, where they are more than ten minutes apart. */
  clocks?: Clocks;
  problem?: Problem;
  /** Where a laptop was looked for in vain the last time; empty while one answers. */
  tried: Tried[];
  files: FilesStatus;
}

/** Two clocks that differ; nothing says which of them is right. */
export interface Clocks {
  /** What this phone's says now. */
  phone: string;
  /** What the laptop's says now; or said when it was met last, and this phone's says less. */
  laptop: string;
  /** Whether it is what the laptop's says now. */
  is_now: boolean;
}

export interface Tried {
  /** An origin, such as `https://10.42.0.1:8443`. */
  address: string;
  /**
   * silent: nobody answered, or the browser did not allow it, which it does not tell apart: it trusts no certificate
   * there, or may not use the local network; other_laptop: one that has not let this phone in; other_project: one of
   * another project; unproven: somebody who could not prove to be the laptop; refused: something else.
   */
  outcome: 'silent' | 'other_laptop' | 'other_project' | 'unproven' | 'refused';
}

/** Who wrote a record, and whether it is unaltered. */
export interface Proof {
  /** Versions that were checked, the latest. */
  versions: number;
  /** How many of them are what their author's device signed. */
  whole: number;
  /** There are no others. */
  is_all: boolean;
  /** Who holds the devices that wrote them, as managers say, and the names of laptops as they say themselves. */
  names: Record<string, string>;
  /** Those of the devices that are known by no name. */
  unnamed: string[];
}

/** The code of every failure that a page may be told of, and of those that the pages make themselves. */
export type ProblemCode =
  Code | 'unknown' | 'engine_silent' | 'engine_broken' | 'camera_denied' | 'camera_missing';

/** Every failure, from wasm as from the API. */
export interface Problem {
  /** Stable, snake_case. A newer laptop may send another one at run time. */
  code: ProblemCode;
  message: string;
  retryable: boolean;
}

/** What a page can ask of the engine. Promises reject with a `Problem`. */
export interface Engine {
  /**
   * Resolves with the record's id when the strict IndexedDB transaction is complete. The id may be given, as 32 digits of
   * lower-case hex; the same one twice makes one record, and what is said otherwise the second time is an edit.
   */
  record(draft: Draft, record?: string): Promise<string>;
  /**
   * Adds a version that follows the draft's `base`, or the one shown (`winner`); other heads stay for a manager to settle.
   * One that changes nothing is not stored.
   */
  edit(record: string, draft: Draft): Promise<string>;
  /**
   * Keeps a file for a draft that is not saved yet. Resolves when it is durable, with what the draft is to name in its
   * `media`. `draftKey` is any text of the page's choosing, up to 128 bytes.
   */
  take(draftKey: string, file: Blob, name: string): Promise<MediaRef>;
  /** Those of these keys of drafts that were saved, by the transaction of the record itself. The last 256 are known. */
  saved(draftKeys: string[]): Promise<string[]>;
  /** What was taken for a draft and not yet saved with it. */
  taken(draftKey: string): Promise<MediaRef[]>;
  /** Lets go of one file of a draft, or of all. */
  discard(draftKey: string, hash?: string): Promise<void>;
  /** A file that is on this phone. */
  file(hash: string): Promise<Blob | undefined>;
  /**
   * A small JPEG of a picture, 320 pixels at most: as it was fetched before, or else from the laptop. Null if there is
   * none to be had: no laptop is there, it does not hold the file, or the file is no picture.
   */
  preview(hash: string): Promise<Blob | null>;
  /**
   * Brings a file that a record names from the laptop to this phone; `file` has it then. Resolves at once if it is
   * here already. Rejects with `laptop_away`, with `media_unknown` if the laptop does not hold it either, with
   * `hash_wrong` if something else came, and as `record` if the phone has no room. What came before a cut is kept for
   * the next call.
   */
  fetchFile(hash: string): Promise<void>;
  /** What `freeSpace` may remove, if the laptop still holds it: files of records, and at least one laptop has them. */
  freeable(): Promise<FileSum>;
  /**
   * Asks the laptop that is there now which of these files it holds, and removes from this phone those that it names
   * and nothing else. The records stay, and name them as before. Resolves with what was removed; rejects with
   * `laptop_away`, and then nothing was.
   */
  freeSpace(): Promise<FileSum>;
  /** How the project wants its photos; what is usual, as long as nobody has said. */
  settings(): Promise<Settings>;
  /** Checks, on this phone, every version of a record against the signature of whoever wrote it. */
  prove(record: string): Promise<Proof>;
  /**
   * The records as far as the page knows them now, newest first; what a wrong clock dated ahead stands where it
   * can have been. A long list comes in pieces, and each call
   * brings the next, with whatever changed since the last.
   */
  observations(): Promise<RecordList>;
  /** A record of what the page knows now. */
  find(record: string): PhoneView | undefined;
  status(): Promise<SyncStatus>;
  /**
   * Asks a laptop to let this phone in. `invitation` is the link that was scanned or opened, or a code as it was
   * typed; `holder` is the name of whoever holds the phone. Resolves when that is stored.
   */
  pair(invitation: string, holder: string): Promise<void>;
  /** What the page found out about this phone: told to each laptop, once and whenever it changes. */
  setReadiness(readiness: Readiness): Promise<void>;
  /** Tries now instead of at the next deadline, and again what failed. */
  syncNow(): Promise<void>;
  /** Calls back when the list or the status may have changed. Returns how to stop. */
  onChange(callback: () => void): () => void;
}
