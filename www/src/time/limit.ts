/**
 * Nothing is waited for without a limit. A browser may leave a read, a transaction or a picture
 * unanswered for ever; a person is then to hear of it, and to be able to try again.
 */
import type { Problem } from '../engine/problem';

/** A part of a file, such as the head of a photo. */
export const read_ms_max = 8_000;
/** Drawing a large photo on a slow phone. */
export const draw_ms_max = 30_000;
/** A transaction of the page's own storage. */
export const storage_ms_max = 30_000;

/** What comes of `work`; rejects with `storage_slow` if that takes longer. */
export async function inTime<T>(ms_max: number, work: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const message = `no answer in ${ms_max} ms`;
  const late = new Promise<never>((_, reject) => {
    const problem: Problem = { code: 'storage_slow', message, retryable: true };
    timer = setTimeout(() => reject(problem), ms_max);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
