/**
 * One request to the laptop's API, over the cookie of the manager's session.
 *
 * Rejects with a `Problem`. Whoever asked to know hears of every answer that the session is over.
 */
import type { Problem, ProblemCode } from '../../engine/api';

const base = '/api/v1';
const json = { accept: 'application/json', 'content-type': 'application/json' };
let onRefused: (refusal: Problem) => unknown = () => undefined;

/** Resolves with `undefined` where the answer has no content. */
export async function ask<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(base + path, { headers: { accept: 'application/json' }, ...init });
  } catch (error) {
    throw problem('unreachable', String(error));
  }
  if (answer.status === 204) return undefined as Answer;
  if (answer.ok) return (await answer.json()) as Answer;
  const told = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  const refusal =
    told?.code === undefined
      ? problem('bad_answer', `${answer.status} ${answer.statusText}`)
      : (told as Problem);
  if (answer.status === 401) onRefused(refusal);
  throw refusal;
}

export function post<Answer>(path: string, body: object = {}): Promise<Answer> {
  return ask(path, { method: 'POST', body: JSON.stringify(body), headers: json });
}

/** Calls back with each answer 401; one listener, the session. */
export function whenRefused(callback: (refusal: Problem) => unknown): void {
  onRefused = callback;
}

function problem(code: ProblemCode, message: string): Problem {
  return { code, message, retryable: true };
}
