/**
 * Which screen is open, kept in the address after `#`, so that the phone's back button and a page
 * that was killed and restored both land on it. An address it does not know is the list.
 */
import { above, leave, open, type Place, read, start, type Step, turn } from './trail';

export type Route =
  | { screen: 'home' }
  | { screen: 'new' }
  | { screen: 'draft'; key: string; camera: boolean }
  | { screen: 'phone' }
  | { screen: 'pair' }
  | { screen: 'detail'; record: string; photo: string | null }
  | { screen: 'edit'; record: string; camera: boolean };

/**
 * Who moved: the person, to another screen; or a form that is done and hands over to the screen
 * below.
 */
export type Mover = 'person' | 'form';

function parseRoute(hash: string): Route {
  const [, first, record, third, fourth] = hash.replace(/^#/, '').split('/');
  if (first === 'new') return { screen: 'new' };
  if (first === 'draft' && /^[0-9a-f]{32}$/.test(record ?? '')) {
    return { screen: 'draft', key: record ?? '', camera: third === 'camera' };
  }
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

/** How long the browser may take to go back. */
const return_ms_max = 1000;

function address(): string {
  return location.hash || '#/';
}

class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  #place: Place = read(history.state, address()) ?? start(address());
  /** The browser was told to go back, and has not done so yet. */
  #returning: ReturnType<typeof setTimeout> | null = null;
  #mover: Mover = 'person';
  #listeners = new Set<(from: Route, mover: Mover) => void>();

  constructor() {
    this.#keep();
    addEventListener('popstate', () => this.#look());
    // Where a link of the page moves without that event.
    addEventListener('hashchange', () => {
      if (history.state === null) this.#look();
    });
  }

  /** Opens a screen out of this one. */
  go(hash: string): void {
    this.#do(open(this.#place, hash));
  }

  /** Leaves this screen for the one of `hash` below it, as the phone's back button does. */
  leaveTo(hash: string): void {
    this.#do(leave(this.#place, hash));
  }

  /**
   * A form is done: back must not lead into it again, and what it says about that stays in sight.
   */
  finish(hash: string): void {
    this.#mover = 'form';
    this.#do(leave(this.#place, hash));
  }

  /** Puts another screen in the place of this one. */
  replace(hash: string): void {
    this.#do(turn(this.#place, hash));
  }

  /** Calls back after each move to another screen. */
  onMove(listener: (from: Route, mover: Mover) => void): void {
    this.#listeners.add(listener);
  }

  #do(step: Step): void {
    if (this.#returning !== null) return;
    if (step.act === 'back') {
      // A browser that dropped the place from its history never moves: then the screen is put here
      // instead.
      const target = this.#place.below.at(-step.by) ?? '#/';
      this.#returning = setTimeout(() => this.#arriveIn(target), return_ms_max);
      history.go(-step.by);
      return;
    }
    const state = { below: step.place.below };
    if (step.act === 'push') history.pushState(state, '', step.place.hash);
    else history.replaceState(state, '', step.place.hash);
    this.#arrive(step.place);
  }

  /** The browser moved: by its buttons, by a link, or because it was told to. */
  #look(): void {
    this.#returned();
    const hash = address();
    const known = read(history.state, hash);
    if (known === null) {
      // A link of the page, or an address that was typed, came on top of this place.
      if (hash === this.#place.hash) return;
      this.#place = above(this.#place, hash);
      this.#keep();
      this.#arrive(this.#place);
    } else if (known.hash !== this.#place.hash || known.below.length !== this.#place.below.length) {
      this.#arrive(known);
    }
  }

  #returned(): void {
    if (this.#returning !== null) clearTimeout(this.#returning);
    this.#returning = null;
  }

  #arriveIn(hash: string): void {
    this.#returned();
    this.#do(turn(start(hash), hash));
  }

  #keep(): void {
    history.replaceState({ below: this.#place.below }, '');
  }

  #arrive(place: Place): void {
    const [from, mover] = [this.route, this.#mover];
    this.#mover = 'person';
    this.#place = place;
    this.route = parseRoute(place.hash);
    for (const listener of this.#listeners) listener(from, mover);
  }
}

export const router = new Router();
