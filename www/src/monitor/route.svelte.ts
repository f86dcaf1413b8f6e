/**
 * Which screen is open, kept in the address after `#`, so that the phone's back button and a page
 * that was killed and restored both land on it. An address it does not know is the list.
 */
export type Route =
  | { screen: 'home' }
  | { screen: 'new'; camera: boolean }
  | { screen: 'phone' }
  | { screen: 'pair' }
  | { screen: 'detail'; record: string; photo: string | null }
  | { screen: 'edit'; record: string; camera: boolean };

export function parseRoute(hash: string): Route {
  const [, first, record, third, fourth] = hash.replace(/^#/, '').split('/');
  if (first === 'new') return { screen: 'new', camera: record === 'camera' };
  if (first === 'phone') return { screen: 'phone' };
  if (first === 'pair') return { screen: 'pair' };
  if (first === 'record' && record && third === 'edit') {
    return { screen: 'edit', record, camera: fourth === 'camera' };
  }
  if (first === 'record' && record) {
    return { screen: 'detail', record, photo: third === 'photo' ? (fourth ?? null) : null };
  }
  return { screen: 'home' };
}

class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  /** The screen that leads to this one, if it was left for it. */
  #before: string | null = null;

  constructor() {
    addEventListener('hashchange', () => (this.route = parseRoute(location.hash)));
  }

  go(hash: string): void {
    this.#before = location.hash;
    location.hash = hash;
  }

  /** Leaves what stands above the screen of `hash`, as the phone's back button does. */
  leaveTo(hash: string): void {
    if (this.#before === hash) history.back();
    else this.replace(hash);
    this.#before = null;
  }

  /** Puts another screen in the place of this one: back must not lead into a finished form. */
  replace(hash: string): void {
    history.replaceState(null, '', hash);
    this.route = parseRoute(hash);
  }
}

export const router = new Router();
