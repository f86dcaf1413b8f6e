import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Problem, ProblemCode } from '../engine/problem';
import { en } from '../strings/en';
import { es, type Words } from '../strings/es';
import { pt } from '../strings/pt';
import { problemWords } from './problem';

const languages: [string, Words][] = [
  ['es', es],
  ['pt', pt],
  ['en', en],
];

test('a note that is too long is told with its figures, in the language of the page', () => {
  const message = 'note has size 27999, more than 16384';
  const problem: Problem = { code: 'version_too_large', message, retryable: false };
  const rust = readFileSync('../shared/src/record/version/error.rs', 'utf8');
  expect(rust).toContain('#[error("{field} has size {size}, more than {size_max}")]');
  for (const [name, words] of languages) {
    const told = problemWords(problem, words);
    expect(told, name).toMatch(/27.999/);
    expect(told, name).toMatch(/16.384/);
    expect(told, name).not.toMatch(/has size/);
    expect(
      problemWords({ ...problem, message: 'name has size 300, more than 255' }, words),
    ).toMatch(/300/);
  }
});

test('no word of a program reaches the page where there are none for its code', () => {
  const code = 'flux_capacitor' as ProblemCode;
  const problem = { code, message: 'the flux is out of phase', retryable: false };
  for (const [, words] of languages)
    expect(problemWords(problem, words)).toBe(words.problems.unknown);
});
