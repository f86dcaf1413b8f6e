/** The day that it is here, also on a page that stays open over midnight. */
import { dayHere } from './observed';

const look_ms = 30_000;

class Today {
  /** `2026-03-01` */
  day = $state(dayHere(new Date()));

  constructor() {
    setInterval(() => this.#look(), look_ms);
    document.addEventListener('visibilitychange', () => this.#look());
  }

  #look(): void {
    this.day = dayHere(new Date());
  }
}

export const today = new Today();
