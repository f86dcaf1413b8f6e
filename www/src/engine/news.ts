/**
 * The laptop's event stream, listened to while a page is visible: what another phone brought arrives at once
 * instead of at the next poll, and a laptop that comes back is noticed when the stream opens again.
 *
 * It carries nothing that counts: each event only wakes the sync.
 */
const reopen_ms = 5000;

export class News {
  #address: string;
  #wake: () => void;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, wake: () => void) {
    this.#address = address;
    this.#wake = wake;
  }

  /** Listens, or stops listening. */
  listen(on: boolean): void {
    clearTimeout(this.#timer);
    if (on) {
      if (this.#source === null) this.#open();
    } else {
      this.#source?.close();
      this.#source = null;
    }
  }

  #open(): void {
    const source = new EventSource(this.#address);
    this.#source = source;
    source.onopen = this.#wake;
    source.onmessage = this.#wake;
    source.onerror = () => {
      // A browser gives up for good when the answer was not an event stream.
      if (source.readyState !== EventSource.CLOSED || this.#source !== source) return;
      this.#source = null;
      this.#timer = setTimeout(() => this.#open(), reopen_ms);
    };
  }
}
