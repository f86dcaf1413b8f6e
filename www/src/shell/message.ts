/** What the page says to the service worker. */
export type ShellMessage =
  /** The person wants the waiting version now. */
  | { type: 'SKIP_WAITING' }
  /** The page is up: fetch the map's files too, so that it opens in the forest. */
  | { type: 'KEEP_MAP' };
