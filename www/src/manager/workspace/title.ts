/** The title of the page: what wants the manager first, the name of the program last. */
export interface TitleParts {
  /** Which page this is. */
  page: string;
  /** Why the page is not up to date. */
  problem: string | null;
  /** Whom to wait for. */
  awaited: readonly string[];
  /** How many observations are listed. */
  listed: string | null;
  /** That only some are. */
  filtered: string | null;
}

export function titleOf({ page, problem, awaited, listed, filtered }: TitleParts): string {
  const count = listed !== null && filtered !== null ? `${listed} (${filtered})` : listed;
  return [problem, awaited[0], count, page, 'Chasqui']
    .filter((part) => part !== null && part !== undefined)
    .join(' · ');
}
