/** Anything that was thrown, in the one shape the pages show. */
import type { Problem } from '../engine/api';

export function toProblem(thrown: unknown): Problem {
  if (isProblem(thrown)) return thrown;
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
