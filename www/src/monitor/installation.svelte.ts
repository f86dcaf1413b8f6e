/**
 * The browser's offer to install the app, held until the person takes it or puts it off to the next
 * start.
 */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

class Installation {
  possible = $state(false);
  #prompt: InstallPrompt | null = null;

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#prompt = event as InstallPrompt;
      this.possible = true;
    });
    addEventListener('appinstalled', () => (this.possible = false));
  }

  putOff(): void {
    this.possible = false;
  }

  async ask(): Promise<void> {
    this.possible = false;
    await this.#prompt?.prompt();
  }
}

export const installation = new Installation();
