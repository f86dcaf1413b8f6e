/**
 * The browser's offer to install the app, held until the person takes it. Once put off, it is
 * offered no more by itself; the check of the phone still does.
 */
import { keep, kept } from '../../storage/kept';

const put_off_key = 'chasqui.install-put-off';

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

class Installation {
  possible = $state(false);
  /** The person does not want to be asked. */
  put_off = $state(kept(put_off_key) !== null);
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
    this.put_off = true;
    keep(put_off_key, 'yes');
  }

  async ask(): Promise<void> {
    this.possible = false;
    await this.#prompt?.prompt();
  }
}

export const installation = new Installation();
