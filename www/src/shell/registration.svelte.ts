/**
 * The page's side of the service worker: registers it, notices a waiting version, restarts into it
 * when the person says so, and asks it what is really stored.
 *
 * It never updates by itself: a page must not be parted from the wasm it was built with.
 */
import type { ShellMessage, Stored } from './message';

/** How long a service worker may take to look into its caches, or to fetch the map. */
const answer_ms_max = 30_000;

/**
 * none: this page cannot be kept, such as at an insecure address or in the development server;
 * failed: the browser refused the service worker; running: it was taken, and does its work or is
 * about to.
 */
export type ShellState = 'none' | 'failed' | 'running';

class Shell {
  /** A new version is installed and waits for the person's word. */
  waiting = $state(false);
  /** `null` until the browser has answered. */
  state = $state<ShellState | null>(null);
  #registration: ServiceWorkerRegistration | null = null;
  #onActive = new Set<() => void>();

  register(): void {
    // The development server has no service worker, and an insecure address cannot have one.
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) {
      this.state = 'none';
      return;
    }
    const had_controller = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // The first version taking charge changes nothing; a later one means other files.
      if (had_controller) location.reload();
    });
    void this.#register();
    navigator.storage?.persist?.().catch(() => undefined);
  }

  restart(): void {
    this.#registration?.waiting?.postMessage({ type: 'SKIP_WAITING' } satisfies ShellMessage);
  }

  /** Registers anew what was refused. */
  async again(): Promise<void> {
    if (this.state === 'failed') await this.#register();
  }

  /**
   * What the active service worker finds in its caches; `null` if there is none, or it does not
   * answer.
   */
  stored(): Promise<Stored | null> {
    return this.#ask({ type: 'WHAT_IS_STORED' });
  }

  /** Fetches what is missing of the map, as far as the laptop is there; what is stored then. */
  keepMap(): Promise<Stored | null> {
    return this.#ask({ type: 'KEEP_MAP' });
  }

  /** Calls back each time that a service worker has become active. */
  onActive(callback: () => void): void {
    this.#onActive.add(callback);
  }

  async #register(): Promise<void> {
    try {
      this.#follow(await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }));
      this.state = 'running';
    } catch (error) {
      console.warn('the app could not be kept for offline use', error);
      // One from before may be there all the same.
      const before = await navigator.serviceWorker.getRegistration('/').catch(() => undefined);
      if (before?.active) this.#follow(before);
      this.state = before?.active ? 'running' : 'failed';
    }
  }

  async #ask(message: ShellMessage): Promise<Stored | null> {
    const active = this.#registration?.active;
    if (active?.state !== 'activated') return null;
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise<Stored | null>((resolve) => {
      port1.onmessage = (event) => resolve(event.data as Stored);
      setTimeout(() => resolve(null), answer_ms_max);
    });
    active.postMessage(message, [port2]);
    return answered.finally(() => port1.close());
  }

  #follow(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    this.#look();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => this.#look());
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
    });
    void navigator.serviceWorker.ready.then(({ active }) => this.#whenActivated(active));
  }

  #whenActivated(worker: ServiceWorker | null): void {
    if (worker === null) return;
    const tell = () => {
      if (worker.state !== 'activated') return;
      worker.removeEventListener('statechange', tell);
      void this.keepMap().then(() => this.#onActive.forEach((callback) => callback()));
    };
    worker.addEventListener('statechange', tell);
    tell();
  }

  #look(): void {
    this.waiting =
      Boolean(this.#registration?.waiting) && navigator.serviceWorker.controller !== null;
  }
}

export const shell = new Shell();
