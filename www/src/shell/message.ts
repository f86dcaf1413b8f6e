/** What the page says to the service worker. */
export type ShellMessage =
  /** The person wants the waiting version now. */
  | { type: 'SKIP_WAITING' }
  /** The page is up: fetch the map's files too, so that it opens in the forest. */
  | { type: 'KEEP_MAP' }
  /**
   * The page asks what is really stored; the answer, a `Stored`, comes by the port that came with
   * the question.
   */
  | { type: 'WHAT_IS_STORED' };

/**
 * Files of the app and of its map that are in the browser's caches now, of those that there are.
 */
export interface Stored {
  shell: number;
  shell_total: number;
  map: number;
  map_total: number;
}
