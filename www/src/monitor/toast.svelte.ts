/** One short sentence about what has just happened, gone after a few seconds. */
import { router } from './navigation/route.svelte';

const shown_ms = 4000;

class Toast {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    // On another screen it would cover something else and mean nothing, but for the screen that a form hands over to.
    router.onMove((_, mover) => {
      if (mover === 'person') this.text = '';
    });
  }

  show(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => (this.text = ''), shown_ms);
  }
}

export const toast = new Toast();
