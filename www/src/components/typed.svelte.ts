/**
 * The text of an input whose value something else may change too: the GPS, a map, a photo, another
 * window.
 *
 * The person wins. From the first key on the input shows what was typed, readable or not, until the
 * person takes another value by some other means, such as a button.
 */
export class TypedText {
  #typed = $state<string | null>(null);
  #live: () => string;

  /** `live` is what the input shows as long as nobody has typed. */
  constructor(live: () => string) {
    this.#live = live;
  }

  get text(): string {
    return this.#typed ?? this.#live();
  }

  /** Whether a person has typed since the input last showed the live value. */
  get touched(): boolean {
    return this.#typed !== null;
  }

  type(text: string): void {
    this.#typed = text;
  }

  /** Shows the live value again: the person took it. */
  letGo(): void {
    this.#typed = null;
  }
}
