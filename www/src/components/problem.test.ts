import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../strings/en';
import { es, type Words } from '../strings/es';
import { pt } from '../strings/pt';
import { problemWords } from './problem';

const languages: [string, Words][] = [
  ['es', es],
  ['pt', pt],
  ['en', en],
];

/** Every Rust file below a folder, tests left out. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.rs'))
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => !/tests/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
}

/** The codes of failures that the phone's engine makes, and those of drafts that it refuses. */
function codes(): string[] {
  const found = new Set<string>();
  for (const source of ['../client-wasm/src', '../shared/src'].flatMap(sources)) {
    for (const [, code] of source.matchAll(/(?:lasting|passing)\(\s*"([a-z_]+)"/g)) found.add(code!);
    for (const [, code] of source.matchAll(/(?:DiskError|Self)::\w+(?: \{ \.\. \})? => "([a-z_]+)"/g)) {
      if (/^(storage|media|version)_|^log_moved$/.test(code!)) found.add(code!);
    }
  }
  return [...found].sort();
}

/** What only comes of bytes that no page writes: said in general words. */
const unsaid = [
  'batch_too_large',
  'version_generation',
  'version_media_repeated',
  'version_not_deterministic',
  'version_unsorted',
  'version_zone_unfit',
];

test('every failure of the phone has words in every language', () => {
  const all = codes();
  expect(all).toContain('storage_full');
  expect(all).toContain('version_too_large');
  for (const [name, words] of languages) {
    const missing = all.filter((code) => !Object.hasOwn(words.problems, code));
    expect(missing.filter((code) => !unsaid.includes(code)), name).toEqual([]);
  }
});

test('a note that is too long is told with its figures, in the language of the page', () => {
  const message = 'note has size 27999, more than 16384';
  const problem = { code: 'version_too_large', message, retryable: false };
  const rust = readFileSync('../shared/src/record/error.rs', 'utf8');
  expect(rust).toContain('#[error("{field} has size {size}, more than {size_max}")]');
  for (const [name, words] of languages) {
    const told = problemWords(problem, words);
    expect(told, name).toMatch(/27.999/);
    expect(told, name).toMatch(/16.384/);
    expect(told, name).not.toMatch(/has size/);
    expect(problemWords({ ...problem, message: 'name has size 300, more than 255' }, words)).toMatch(/300/);
  }
});

test('no word of a program reaches the page where there are none for its code', () => {
  const problem = { code: 'flux_capacitor', message: 'the flux is out of phase', retryable: false };
  for (const [, words] of languages) expect(problemWords(problem, words)).toBe(words.problems.unknown);
});
