/**
 * Whether this browser may see the laptop's records, by a cookie that no script can read.
 *
 * RecordingRow by the key in the printed link, which leaves the address bar at once: it is not to
 * be kept in a history or shown on a projector. A session can end at any request; the page stays as
 * it is below the sign-in screen.
 */
import { toProblem } from '../../components/problem';
import type { Problem } from '../../engine/problem';
import { whenRefused } from '../api/asking';
import { keyOf, type Credential } from '../api/credential';
import { laptop } from '../api/laptop';

class Session {
  state = $state<'asking' | 'out' | 'in'>('asking');
  /** The page holds what an earlier session showed and was typed into. */
  begun = $state(false);
  /** The session was over before anybody ended it. */
  ended = $state(false);
  /** Why the last attempt to begin one failed. */
  problem = $state.raw<Problem | null>(null);

  start(): void {
    // A wrong key does not end the session that there is.
    whenRefused(({ code }) => code === 'session_refused' || this.#leave());
    // The printed link, opened in a tab that shows this page already.
    addEventListener('hashchange', () => void this.#enter());
    void this.#enter();
  }

  async begin(credential: Credential): Promise<void> {
    this.problem = null;
    try {
      await laptop.beginSession(credential);
      await this.look();
    } catch (error) {
      this.problem = toProblem(error);
      // An old link in a browser that has a session needs no key.
      if (this.state === 'asking') await this.look();
    }
  }

  /** Asks the laptop whose session this is. */
  async look(): Promise<void> {
    try {
      const { role } = await laptop.session();
      this.state = role === 'manager' ? 'in' : 'out';
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'unreachable') this.problem = problem;
      this.#leave();
    }
    if (this.state !== 'in') return;
    this.begun = true;
    this.ended = false;
    this.problem = null;
  }

  async end(): Promise<void> {
    try {
      await laptop.endSession();
      this.state = 'out';
    } catch {
      // Out of reach: the cookie stays, and so does the page.
    }
  }

  async #enter(): Promise<void> {
    const credential = keyOf(location.hash);
    if (credential === null) {
      if (this.state === 'asking') await this.look();
      return;
    }
    history.replaceState(null, '', location.pathname + location.search);
    await this.begin(credential);
  }

  #leave(): void {
    if (this.state === 'in') this.ended = true;
    this.state = 'out';
  }
}

export const session = new Session();
