import { describe, expect, it } from 'vitest';
import type { Listing, PhoneView } from '../api/types';
import { Copy } from './listing';

const view = (record: string, listed_ms: number, note = '') =>
  ({ record, listed_ms, note }) as PhoneView;

/** A whole listing, or what changed since another. */
const listing = (views: PhoneView[], rest: Partial<Listing> = {}): Listing => ({
  token: '1',
  whole: true,
  more: false,
  total: views.length,
  views,
  gone: [],
  ...rest,
});

const changed = (views: PhoneView[], gone: string[] = []) =>
  listing(views, { token: '2', whole: false, gone });

const day = (n: number) => Date.UTC(2026, 10, n, 12);

describe('the copy of the list', () => {
  it('puts what changed in its place and takes away what is gone', () => {
    const copy = new Copy();
    copy.take(listing([view('c', day(3)), view('b', day(2)), view('a', day(1))]));
    const list = copy.take(
      changed([view('n', day(4)), view('a', day(2) + 6 * 3_600_000, 'moved')], ['b']),
    );
    expect(list.map(({ record }) => record)).toEqual(['n', 'c', 'a']);
    expect(list[2]?.note).toBe('moved');
    expect([copy.find('a')?.note, copy.find('b')]).toEqual(['moved', undefined]);
    expect(copy.token).toBe('2');
  });

  it('stays the very same list when nothing changed', () => {
    const copy = new Copy();
    const before = copy.take(listing([view('a', day(1))]));
    expect(copy.take(changed([]))).toBe(before);
  });

  it('orders by the time that the engine lists by, then by id', () => {
    const copy = new Copy();
    copy.take(listing([view('b', day(1) + 500)]));
    const list = copy.take(changed([view('a', day(1) + 500), view('z', day(1))]));
    expect(list.map(({ record }) => record)).toEqual(['a', 'b', 'z']);
  });

  it('is replaced as a whole by a whole listing', () => {
    const copy = new Copy();
    copy.take(listing([view('a', day(1))]));
    expect(copy.take(listing([]))).toEqual([]);
    expect(copy.find('a')).toBeUndefined();
  });

  it('shows what was saved before the rest of a long list has come, and each record once', () => {
    const copy = new Copy();
    copy.take(listing([view('d', day(4)), view('c', day(3))], { more: true, total: 4 }));
    const list = copy.take(changed([view('n', day(5)), view('d', day(4), 'edited')]));
    expect(list.map(({ record }) => record)).toEqual(['n', 'd', 'c']);
    const whole = copy.take(changed([view('c', day(3)), view('b', day(2)), view('a', day(1))]));
    expect(whole.map(({ record }) => record)).toEqual(['n', 'd', 'c', 'b', 'a']);
  });

  it('is what sorting anew would make of it, whatever changes', () => {
    const seed = Date.now() % 2 ** 31;
    let state = seed | 1;
    const next = (below: number) => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    const copy = new Copy();
    const truth = new Map<string, PhoneView>();
    const made = () => view(`r${next(40)}`, day(1 + next(9)), String(next(1000)));
    for (let round = 0; round < 300; round += 1) {
      const views = new Map(Array.from({ length: next(6) }, made).map((one) => [one.record, one]));
      const gone = [...truth.keys()].filter((record) => !views.has(record) && next(20) === 0);
      const sorted = [...views.values()].sort(inOrder);
      for (const record of gone) truth.delete(record);
      for (const one of sorted) truth.set(one.record, one);
      const list = copy.take(changed(sorted, gone));
      expect(list, `seed ${seed}`).toEqual([...truth.values()].sort(inOrder));
    }
  });
});

function inOrder(a: PhoneView, b: PhoneView): number {
  return b.listed_ms - a.listed_ms || (a.record < b.record ? -1 : 1);
}
