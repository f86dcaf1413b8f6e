/**
 * What a page sees that makes it worth trying to sync: it is looked at, or a network came or went.
 *
 * Only the page has these events; it tells the engine, which decides.
 */
export interface Triggers {
  onVisible(visible: boolean): void;
  onNetwork(): void;
}

export function watch(triggers: Triggers): void {
  const seen = () => triggers.onVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', seen);
  addEventListener('pageshow', seen);
  addEventListener('pagehide', () => triggers.onVisible(false));
  addEventListener('online', () => triggers.onNetwork());
  addEventListener('offline', () => triggers.onNetwork());
  const { connection } = navigator as { connection?: EventTarget };
  connection?.addEventListener('change', () => triggers.onNetwork());
  seen();
}
