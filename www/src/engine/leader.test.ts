import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Leader } from './leader';

/** Web Locks of one name, as the browser keeps them: in line, or taken away. */
class Locks {
  #holder: { reject: (error: unknown) => void } | null = null;
  #line: (() => void)[] = [];

  request(_: string, options: LockOptions, held: () => Promise<never>): Promise<never> {
    return new Promise((_resolve, reject) => {
      const begin = () => {
        this.#holder = { reject };
        void held();
      };
      options.signal?.addEventListener('abort', () => {
        this.#line = this.#line.filter((waiting) => waiting !== begin);
        reject(new DOMException('no longer wanted', 'AbortError'));
      });
      if (options.steal === true) {
        this.#holder?.reject(new DOMException('stolen', 'AbortError'));
        begin();
      } else if (this.#holder === null) begin();
      else this.#line.push(begin);
    });
  }
}

beforeEach(() => vi.stubGlobal('navigator', { locks: new Locks() }));
afterEach(() => vi.unstubAllGlobals());

function tab(): { leader: Leader; did: string[] } {
  const did: string[] = [];
  const leader = new Leader(
    () => did.push('lead'),
    () => did.push('follow'),
  );
  leader.wait();
  return { leader, did };
}

describe('of two tabs', () => {
  it('the first leads, and the second takes over from one that does not answer', async () => {
    const [first, second] = [tab(), tab()];
    expect([first.leader.leads, second.leader.leads]).toEqual([true, false]);
    second.leader.take();
    await Promise.resolve();
    expect([first.leader.leads, second.leader.leads]).toEqual([false, true]);
    expect(first.did).toEqual(['lead', 'follow']);
    expect(second.did).toEqual(['lead']);
  });

  it('the first is in line again, and may take the lead back', async () => {
    const [first, second] = [tab(), tab()];
    second.leader.take();
    await Promise.resolve();
    first.leader.take();
    await Promise.resolve();
    expect([first.leader.leads, second.leader.leads]).toEqual([true, false]);
    expect(second.did).toEqual(['lead', 'follow']);
  });
});

it('each tab leads where there are no locks', () => {
  vi.stubGlobal('navigator', {});
  expect([tab().leader.leads, tab().leader.leads]).toEqual([true, true]);
});
