/** One short sentence about what has just happened, gone after a few seconds. */
const shown_ms = 4000;

class Toast {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => this.clear(), shown_ms);
  }

  clear(): void {
    this.text = '';
  }
}

export const toast = new Toast();
