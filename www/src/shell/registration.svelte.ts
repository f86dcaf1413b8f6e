/**
 * The page's side of the service worker: registers it, notices a waiting version, and restarts into
 * it when the person says so.
 *
 * It never updates by itself: a page must not be parted from the wasm it was built with.
 */
import type { ShellMessage } from './message';

class Shell {
  /** A new version is installed and waits for the person's word. */
  waiting = $state(false);
  #registration: ServiceWorkerRegistration | null = null;

  register(): void {
    // The development server has no service worker, and an insecure address cannot have one.
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const had_controller = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // The first version taking charge changes nothing; a later one means other files.
      if (had_controller) location.reload();
    });
    navigator.serviceWorker
      .register('/sw.js', { updateViaCache: 'none' })
      .then((registration) => this.#follow(registration))
      .catch((error: unknown) => console.warn('the app could not be kept for offline use', error));
    void navigator.storage?.persist?.();
  }

  restart(): void {
    this.#tell(this.#registration?.waiting, { type: 'SKIP_WAITING' });
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
    void navigator.serviceWorker.ready.then(({ active }) =>
      this.#tell(active, { type: 'KEEP_MAP' }),
    );
  }

  #look(): void {
    this.waiting =
      this.#registration?.waiting != null && navigator.serviceWorker.controller !== null;
  }

  #tell(worker: ServiceWorker | null | undefined, message: ShellMessage): void {
    worker?.postMessage(message);
  }
}

export const shell = new Shell();
