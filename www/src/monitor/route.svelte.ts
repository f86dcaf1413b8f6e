/**
 * Which screen is open, kept in the address after `#`, so that the phone's back button and a page
 * that was killed and restored both land on it. An address it does not know is the list.
 */
export type Route =
  | { screen: 'home' }
  | { screen: 'new' }
  | { screen: 'phone' }
  | { screen: 'pair' }
  | { screen: 'detail'; record: string }
  | { screen: 'edit'; record: string };

export function parseRoute(hash: string): Route {
  const [, first, record, last] = hash.replace(/^#/, '').split('/');
  if (first === 'new') return { screen: 'new' };
  if (first === 'phone') return { screen: 'phone' };
  if (first === 'pair') return { screen: 'pair' };
  if (first === 'record' && record && last === 'edit') return { screen: 'edit', record };
  if (first === 'record' && record) return { screen: 'detail', record };
  return { screen: 'home' };
}

class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.route = parseRoute(location.hash)));
  }

  go(hash: string): void {
    location.hash = hash;
  }

  /** Puts another screen in the place of this one: back must not lead into a finished form. */
  replace(hash: string): void {
    history.replaceState(null, '', hash);
    this.route = parseRoute(hash);
  }
}

export const router = new Router();
