/** Who wrote the versions of a record, and what held when the laptop checked them just now. */
import type { Role } from './pairing';

export interface CustodyVersion {
  version: string;
  author: string;
  author_name?: string;
  role: Role;
  written_at: string;
  observed_at: string;
  change: 'edit' | 'delete' | 'resolve';
  /** The log it is in, and its place there. */
  writer: string;
  seq: number;
  /** The entries before it in its log are those that its author signed. */
  chain_whole: boolean;
  /** Its content is what its id was computed from. */
  id_whole: boolean;
  signature: 'valid' | 'invalid';
  /** Kept, and not shown. */
  quarantine?: { code: string; message: string };
}

export interface Custody {
  record: string;
  versions: CustodyVersion[];
  whole: boolean;
}

export interface Verdict {
  whole: boolean;
  /** Versions of which everything holds. */
  holding: number;
  of: number;
  first: CustodyVersion;
}

export function holds({ chain_whole, id_whole, signature }: CustodyVersion): boolean {
  return chain_whole && id_whole && signature === 'valid';
}

/**
 * The plain answer; `null` where there is no version to speak of. Whole only if the laptop says so
 * and every version bears it out.
 */
export function verdictOf({ versions, whole }: Custody): Verdict | null {
  const [first] = versions;
  if (first === undefined) return null;
  const holding = versions.filter(holds).length;
  return { whole: whole && holding === versions.length, holding, of: versions.length, first };
}
