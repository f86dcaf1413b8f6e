/**
 * Which of several tabs runs the engine: the one that holds a Web Lock. The others wait for it in
 * line, and the next takes over the moment its tab is closed, or takes the lock away from one that
 * no longer answers.
 *
 * Where there are no Web Locks (a page that is not secure), every tab leads; the guard of the
 * database then keeps two engines from giving the same place in the log twice.
 */
const lock = 'chasqui-engine';

export class Leader {
  leads = false;
  #lead: () => void;
  #follow: () => void;
  #inLine = new AbortController();

  /**
   * `lead` is called each time that this tab begins to lead, and `follow` when the lock was taken
   * away from it.
   */
  constructor(lead: () => void, follow: () => void) {
    this.#lead = lead;
    this.#follow = follow;
  }

  /** Gets in line. */
  wait(): void {
    this.#inLine = new AbortController();
    this.#request({ signal: this.#inLine.signal });
  }

  /** Leads at once: whoever did no longer answers. */
  take(): void {
    this.#inLine.abort();
    this.#request({ steal: true });
  }

  #request(options: LockOptions): void {
    const locks = (navigator as Partial<Navigator>).locks;
    if (locks === undefined) {
      this.#begin();
      return;
    }
    const forever = new Promise<never>(() => undefined);
    const held = locks.request(lock, options, () => {
      this.#begin();
      return forever;
    });
    held.catch((error: unknown) => {
      // Left the line to take the lock at once.
      if (options.signal?.aborted === true) return;
      if (this.leads) {
        this.leads = false;
        this.#follow();
        this.wait();
      } else {
        console.warn('no lock could be asked for', error);
      }
    });
  }

  #begin(): void {
    this.leads = true;
    this.#lead();
  }
}
