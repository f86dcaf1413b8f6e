/** Anything that was thrown, in the one shape the pages show. */
import type { Problem } from '../engine/problem';
import { count } from '../strings/count';
import type { Words } from '../strings/es';

export function toProblem(thrown: unknown): Problem {
  if (isProblem(thrown)) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') {
    return { code: 'storage_full', message: thrown.message, retryable: true };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown ?? 'no engine');
  return { code: 'unknown', message, retryable: true };
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** The figures in the sentence of `version_too_large`, whose field is the note or another. */
const too_large = /^(\w+) has size (\d+), more than (\d+)$/;

/**
 * What went wrong, in the person's language; in general words where there are none for its code.
 */
export function problemWords(
  { code, message }: Pick<Problem, 'code' | 'message'>,
  words: Words,
): string {
  const { problems, figures } = words;
  const found = code === 'version_too_large' ? too_large.exec(message) : null;
  if (found !== null) {
    const [size, most] = [count(Number(found[2])), count(Number(found[3]))];
    return found[1] === 'note' ? figures.note_too_long(size, most) : figures.too_long(size, most);
  }
  return Object.hasOwn(problems, code) ? problems[code] : problems.unknown;
}
