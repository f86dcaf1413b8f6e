import { expect, test } from 'vitest';
import { es } from './es';

const sources = Object.entries(
  import.meta.glob<string>(
    ['../**/*.{ts,svelte}', '!../strings/{en,es,pt}/**', '!../**/*.test.ts'],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
);

/**
 * Words that are looked up by a code, as the laptop or the map names it; other tests and the
 * compiler compare these.
 */
const by_code = [
  'map',
  'manager.noticeTexts',
  'manager.import.reasons',
  'manager.import.told',
  'problems',
];

/** The paths of all words, `home.title`. */
function pathsOf(words: object, above = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const path = above === '' ? key : `${above}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? pathsOf(value as object, path)
      : [path];
  });
}

test('a page says each of the strings', () => {
  const text = sources.map(([, source]) => source).join('\n');
  // Read as a property, taken out of an object, or looked up by its name.
  const names = new Set(text.match(/(?<=[.{,'"]\s*)[A-Za-z_]\w*\b(?!\??:)/g));
  const unused = pathsOf(es)
    .filter((path) => !by_code.some((group) => path.startsWith(`${group}.`)))
    .filter((path) => !names.has(path.split('.').at(-1)!));
  expect(unused).toEqual([]);
});
