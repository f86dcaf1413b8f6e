/** Who wrote the versions of a record, and what held when the laptop checked them just now. */
import type { Custody, VersionCustody } from '../../api/types';

export interface Verdict {
  whole: boolean;
  /** Versions of which everything holds. */
  holding: number;
  of: number;
  /**
   * Who began the record, and when by the clock of that device; absent if nothing can be read, or
   * its beginning was not.
   */
  recorded: { version: VersionCustody; written_at: string } | null;
}

export function holds({ chain_whole, id_whole, signature }: VersionCustody): boolean {
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
