/**
 * Keeps the screen lit during a sync that a person started, or a recording: with the screen off a
 * phone may stop its wifi, its camera and its microphone.
 *
 * A browser that cannot, or a phone that saves its battery, just lets the screen go dark.
 */
export class ScreenLock {
  #wanted = false;
  #sentinel: WakeLockSentinel | null = null;

  async hold(): Promise<void> {
    this.#wanted = true;
    try {
      const sentinel = await (navigator as Partial<Navigator>).wakeLock?.request('screen');
      // The phone itself lets go of one when the page is hidden.
      const held = this.#sentinel?.released === false;
      if (held || !this.#wanted) await sentinel?.release();
      else this.#sentinel = sentinel ?? null;
    } catch {
      // Not allowed now.
    }
  }

  release(): void {
    this.#wanted = false;
    this.#sentinel?.release().catch(() => undefined);
    this.#sentinel = null;
  }
}
