/**
 * The link that lets this phone in, from the moment it is opened or scanned until it has been used.
 *
 * It is held in memory only and taken out of the address at once: an address is kept in the
 * history, shown in screenshots and shared, and the code in it is a secret.
 */
import { router } from '../navigation/route.svelte';

class Invitation {
  link = $state<string | null>(null);

  constructor() {
    this.#look();
    addEventListener('hashchange', () => this.#look());
  }

  /** Takes a link that was scanned. Says whether it is one. */
  take(link: string): boolean {
    if (!link.includes('#pair=')) return false;
    this.link = link;
    return true;
  }

  letGo(): void {
    this.link = null;
  }

  #look(): void {
    if (this.take(location.href)) router.replace('#/pair');
  }
}

export const invitation = new Invitation();
