import { describe, expect, it } from 'vitest';
import type { PhoneView } from './api';
import { Copy } from './listing';

const view = (record: string, observed_at: string, note = '') =>
  ({ record, observed_at, note }) as PhoneView;

const day = (n: number) => `2026-11-0${n}T12:00:00Z`;

describe('the copy of the list', () => {
  it('puts what changed in its place and takes away what is gone', () => {
    const copy = new Copy();
    copy.take({
      token: '1',
      whole: true,
      views: [view('c', day(3)), view('b', day(2)), view('a', day(1))],
      gone: [],
    });
    const list = copy.take({
      token: '2',
      whole: false,
      views: [view('n', day(4)), view('a', '2026-11-02T18:00:00Z', 'moved')],
      gone: ['b'],
    });
    expect(list.map(({ record }) => record)).toEqual(['n', 'c', 'a']);
    expect(list[2]?.note).toBe('moved');
    expect(copy.token).toBe('2');
  });

  it('stays the very same list when nothing changed', () => {
    const copy = new Copy();
    const before = copy.take({ token: '1', whole: true, views: [view('a', day(1))], gone: [] });
    expect(copy.take({ token: '1', whole: false, views: [], gone: [] })).toBe(before);
  });

  it('orders by the moment, however it is written, then by id', () => {
    const copy = new Copy();
    copy.take({ token: '1', whole: true, views: [view('b', '2026-11-01T12:00:00.5Z')], gone: [] });
    const list = copy.take({
      token: '2',
      whole: false,
      views: [view('a', '2026-11-01T12:00:00.50Z'), view('z', '2026-11-01T12:00:00Z')],
      gone: [],
    });
    expect(list.map(({ record }) => record)).toEqual(['a', 'b', 'z']);
  });

  it('is replaced as a whole by a whole listing', () => {
    const copy = new Copy();
    copy.take({ token: '1', whole: true, views: [view('a', day(1))], gone: [] });
    expect(copy.take({ token: '9', whole: true, views: [], gone: [] })).toEqual([]);
  });
});
