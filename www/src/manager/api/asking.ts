/**
 * One request to the laptop's API, over the cookie of the manager's session.
 *
 * What a path takes and answers is what the laptop describes (`api/types.ts`). Rejects with a
 * `Problem`. Whoever asked to know hears of every answer that the session is over.
 */
import type { paths } from '../../api/types';
import type { Problem, ProblemCode } from '../../engine/problem';

const json = { accept: 'application/json', 'content-type': 'application/json' };
let onRefused: (refusal: Problem) => unknown = () => undefined;

type Method = 'get' | 'post';
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type JsonIn<Content> = Content extends { content: { 'application/json': infer Json } }
  ? Json
  : never;
type Named<O> = O extends { parameters: { path: infer Names } } ? Names : Record<string, never>;
type Body<O> = O extends { requestBody?: infer Content } ? JsonIn<NonNullable<Content>> : never;
type Answer<O> = O extends { responses: { 200: infer Content } | { 201: infer Content } }
  ? JsonIn<Content>
  : void;

/** The paths that take a method. */
type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths] &
  string;

export function get<P extends Path<'get'>>(
  path: P,
  named: Named<Operation<P, 'get'>>,
  query?: URLSearchParams,
): Promise<Answer<Operation<P, 'get'>>> {
  return ask(at(path, named, query));
}

/** Resolves with nothing where the answer has no content. */
export function post<P extends Path<'post'>>(
  path: P,
  named: Named<Operation<P, 'post'>>,
  body: Body<Operation<P, 'post'>> | Record<string, never>,
): Promise<Answer<Operation<P, 'post'>>> {
  return ask(at(path, named), { method: 'POST', body: JSON.stringify(body), headers: json });
}

/** A file as the whole body. */
export function send<P extends Path<'post'>>(
  path: P,
  file: File,
  query: URLSearchParams,
): Promise<Answer<Operation<P, 'post'>>> {
  const headers = { accept: json.accept, 'content-type': 'application/octet-stream' };
  return ask(at(path, {}, query), { method: 'POST', body: file, headers });
}

function at(path: string, named: object, query?: URLSearchParams): string {
  const names = new Map(Object.entries(named));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(names.get(name))),
  );
  return query === undefined ? filled : `${filled}?${query}`;
}

async function ask<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(path, { headers: { accept: json.accept }, ...init });
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

/** Calls back with each answer 401; one listener, the session. */
export function whenRefused(callback: (refusal: Problem) => unknown): void {
  onRefused = callback;
}

function problem(code: ProblemCode, message: string): Problem {
  return { code, message, retryable: true };
}
