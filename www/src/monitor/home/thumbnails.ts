/** Small pictures for a list. */

interface Wanted {
  done: Promise<string | null>;
  tell: (url: string | null) => void;
  /** How many wait for it. */
  by: number;
}

/**
 * Draws one at a time: whoever scrolls past a thousand photos has only those drawn where the list
 * comes to rest, what was asked for last first.
 */
export class Thumbnails {
  readonly #draw: (hash: string) => Promise<string | null>;
  readonly #letGo: (url: string) => void;
  readonly #count_max: number;
  /** Addresses of pictures that were drawn, those seen last at the end. */
  #drawn = new Map<string, string>();
  /** Those asked for last at the end. */
  #wanted = new Map<string, Wanted>();
  #drawing = false;

  /**
   * `draw` makes the address of a picture, `letGo` gives one back; at most `count_max` are kept.
   */
  constructor(
    draw: (hash: string) => Promise<string | null>,
    letGo: (url: string) => void,
    count_max: number,
  ) {
    [this.#draw, this.#letGo, this.#count_max] = [draw, letGo, count_max];
  }

  /** The address of the picture if it was drawn before. */
  kept(hash: string): string | null {
    const url = this.#drawn.get(hash) ?? null;
    if (url !== null) this.#keep(hash, url);
    return url;
  }

  /**
   * The address of the picture once it is drawn; `null` if there is none, or `ended` came first.
   */
  async of(hash: string, ended: AbortSignal): Promise<string | null> {
    const kept = this.kept(hash);
    if (kept !== null || ended.aborted) return kept;
    const wanted = this.#want(hash);
    wanted.by += 1;
    ended.addEventListener('abort', () => {
      wanted.by -= 1;
      if (wanted.by > 0 || this.#wanted.get(hash) !== wanted) return;
      this.#wanted.delete(hash);
      wanted.tell(null);
    });
    void this.#work();
    return wanted.done;
  }

  #want(hash: string): Wanted {
    const before = this.#wanted.get(hash);
    if (before !== undefined) return before;
    let tell: Wanted['tell'] = () => undefined;
    const done = new Promise<string | null>((resolve) => (tell = resolve));
    const wanted: Wanted = { done, tell, by: 0 };
    this.#wanted.set(hash, wanted);
    return wanted;
  }

  async #work(): Promise<void> {
    if (this.#drawing) return;
    this.#drawing = true;
    for (;;) {
      const [hash, wanted] = [...this.#wanted].at(-1) ?? [];
      if (hash === undefined || wanted === undefined) break;
      this.#wanted.delete(hash);
      const url = this.kept(hash) ?? (await this.#draw(hash).catch(() => null));
      if (url !== null) this.#keep(hash, url);
      wanted.tell(url);
    }
    this.#drawing = false;
  }

  #keep(hash: string, url: string): void {
    this.#drawn.delete(hash);
    this.#drawn.set(hash, url);
    const [oldest] = this.#drawn;
    if (this.#drawn.size <= this.#count_max || oldest === undefined) return;
    this.#drawn.delete(oldest[0]);
    this.#letGo(oldest[1]);
  }
}
