import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { News } from './news';

const place = { base: 'https://10.42.0.1:8443', token: 'ab'.repeat(32) };
const asked: { address: string; token: string | null }[] = [];
let answer: () => Response;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', async (address: string, { headers, signal }: RequestInit) => {
    asked.push({ address, token: new Headers(headers).get('Authorization') });
    const response = answer();
    signal?.addEventListener('abort', () => void opened?.error(new Error('aborted')));
    return response;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

let opened: ReadableStreamDefaultController<Uint8Array> | null = null;
const stream = () =>
  new Response(
    new ReadableStream<Uint8Array>({ start: (controller) => void (opened = controller) }),
  );
const say = (text: string) => opened?.enqueue(new TextEncoder().encode(text));

test('the token opens the stream, and each event wakes the sync once', async () => {
  answer = stream;
  const wake = vi.fn();
  const news = new News(async () => place, wake);
  news.listen(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([
    { address: `${place.base}/api/v1/events`, token: `Bearer ${place.token}` },
  ]);
  expect(wake).toHaveBeenCalledTimes(1);
  say('data: {"type":"chan');
  say('ged"}\n\n: still here\n\n');
  await vi.advanceTimersByTimeAsync(0);
  expect(wake).toHaveBeenCalledTimes(2);
  news.listen(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(wake).toHaveBeenCalledTimes(2);
  expect(asked).toHaveLength(1);
});

test('a laptop that refuses is asked ever more rarely', async () => {
  answer = () => new Response('{}', { status: 401 });
  const wake = vi.fn();
  const news = new News(async () => place, wake);
  news.listen(true);
  await vi.advanceTimersByTimeAsync(3_600_000);
  news.listen(false);
  expect(asked.length).toBeLessThan(25);
  expect(wake).not.toHaveBeenCalled();
});

test('a laptop that is not there is looked for until it is', async () => {
  answer = stream;
  const wake = vi.fn();
  const found = vi.fn(async () => place).mockRejectedValueOnce({ code: 'unreachable' });
  const news = new News(found, wake);
  news.listen(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(wake).toHaveBeenCalledTimes(1);
  news.listen(false);
});

test('a stream in which even the signs of life stop is opened anew', async () => {
  answer = stream;
  const news = new News(async () => place, vi.fn());
  news.listen(true);
  await vi.advanceTimersByTimeAsync(30_000);
  say(': still here\n\n');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toHaveLength(2);
  news.listen(false);
});
