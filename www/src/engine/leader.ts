/**
 * Which of several tabs runs the engine: the one that holds a Web Lock. The others wait for it in line, and
 * the next takes over the moment its tab is closed.
 *
 * Where there are no Web Locks (a page that is not secure), every tab leads; the guard of the database then
 * keeps two engines from giving the same place in the log twice.
 */
const lock = 'chasqui-engine';

/** Calls back once, when this tab leads. It then does so until it is closed. */
export function whenLeading(lead: () => void): void {
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) {
    lead();
    return;
  }
  const forever = new Promise<never>(() => undefined);
  locks
    .request(lock, () => {
      lead();
      return forever;
    })
    .catch((error: unknown) => console.warn('no lock could be asked for', error));
}
