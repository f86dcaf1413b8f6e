import { expect, test } from 'vitest';
import { Thumbnails } from './thumbnails';

/** A drawer that draws when it is told to. */
function drawer(count_max = 100) {
  const begun: string[] = [];
  const gone: string[] = [];
  let finish: (url: string | null) => void = () => undefined;
  const draw = (hash: string) => {
    begun.push(hash);
    return new Promise<string | null>((resolve) => (finish = resolve));
  };
  const all = new Thumbnails(draw, (url) => gone.push(url), count_max);
  const drawn = async (url: string | null) => {
    finish(url);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { all, begun, gone, drawn };
}

const always = new AbortController().signal;

test('one is drawn at a time, what was asked for last first, and what nobody sees any more not at all', async () => {
  const { all, begun, drawn } = drawer();
  const passed = new AbortController();
  const first = all.of('a', always);
  const [b, c] = [all.of('b', always), all.of('c', passed.signal)];
  const [d, again] = [all.of('d', always), all.of('d', passed.signal)];
  passed.abort();
  expect(await c).toBe(null);
  await drawn('blob:a');
  await drawn('blob:d');
  await drawn('blob:b');
  expect([await first, await b, await d, await again]).toEqual([
    'blob:a',
    'blob:b',
    'blob:d',
    'blob:d',
  ]);
  expect(begun).toEqual(['a', 'd', 'b']);
  expect(all.kept('d')).toBe('blob:d');
  expect(all.kept('c')).toBe(null);
});

test('a picture that cannot be drawn is asked for again, and stops no other', async () => {
  const { all, begun, drawn } = drawer();
  const first = all.of('a', always);
  await drawn(null);
  expect(await first).toBe(null);
  const second = all.of('a', always);
  await drawn('blob:a');
  expect(await second).toBe('blob:a');
  expect(begun).toEqual(['a', 'a']);
});

test('only so many are kept, those seen last', async () => {
  const { all, gone, drawn } = drawer(2);
  for (const hash of ['a', 'b']) {
    void all.of(hash, always);
    await drawn(hash);
  }
  expect(all.kept('a')).toBe('a');
  void all.of('c', always);
  await drawn('c');
  expect(gone).toEqual(['b']);
});
