/** Who wrote the versions of a record, and what held when the laptop checked them just now. */
import type { Problem } from '../../engine/api';
import type { Role } from './pairing';

export interface CustodyVersion {
  version: string;
  /** What it says of itself, down to `change`, is absent where its bytes cannot be read. */
  author?: string;
  author_name?: string;
  role?: Role;
  written_at?: string;
  observed_at?: string;
  change?: 'edit' | 'delete' | 'resolve';
  /** The log it is in, and its place there. */
  writer: string;
  seq: number;
  /** It is held at its place, and goes on from the entry before it. */
  chain_whole: boolean;
  /** Its content is what its id was computed from. */
  id_whole: boolean;
  signature: 'valid' | 'invalid';
  /** Kept, and not shown. */
  quarantine?: Pick<Problem, 'code' | 'message'>;
}

export interface Custody {
  record: string;
  /** Latest first; those that cannot be read come last. */
  versions: CustodyVersion[];
  whole: boolean;
  /** There are older versions, which were not checked. */
  next?: string;
}

export interface Verdict {
  whole: boolean;
  /** Versions of which everything holds. */
  holding: number;
  of: number;
  /** Who began the record, and when by the clock of that device; absent if nothing can be read, or its beginning was not. */
  recorded: { version: CustodyVersion; written_at: string } | null;
}

export function holds({ chain_whole, id_whole, signature }: CustodyVersion): boolean {
  return chain_whole && id_whole && signature === 'valid';
}

/**
 * The plain answer; `null` where there is no version to speak of. Whole only if the laptop says so
 * and every version bears it out.
 */
export function verdictOf({ versions, whole, next }: Custody): Verdict | null {
  const of = versions.length;
  if (of === 0) return null;
  const holding = versions.filter(holds).length;
  const dated = versions.filter(({ written_at }) => written_at !== undefined);
  const version = next === undefined ? dated.at(-1) : undefined;
  const written_at = version?.written_at;
  const recorded = version && written_at !== undefined ? { version, written_at } : null;
  return { whole: whole && holding === of, holding, of, recorded };
}
