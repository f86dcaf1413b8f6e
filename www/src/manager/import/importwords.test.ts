import { expect, test } from 'vitest';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { pt } from '../../strings/pt';
import { noteText, positionText, reasonText } from './importwords';

/** The codes that the laptop knows, from the list of its own. */
const source = Object.values(
  import.meta.glob('../../../../server/src/import/messages/code.rs', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)[0] as string;

function codesOf(name: string): string[] {
  const list = source.split(`    ${name} {`)[1]!.split('\n    }')[0]!;
  return [...list.matchAll(/ = "([a-z0-9_]+)",/g)].map((found) => found[1]!);
}

test.each([
  ['es', es],
  ['pt', pt],
  ['en', en],
])('each code has words in %s, and all words a code', (_, words) => {
  const { reasons, told } = words.manager.import;
  expect(Object.keys(reasons).sort()).toEqual(codesOf('RefusalCode').sort());
  expect(Object.keys(told).sort()).toEqual(codesOf('NoteCode').sort());
  expect(codesOf('NoteCode').length).toBeGreaterThan(30);
});

test('a sentence says what the laptop told, and where', () => {
  const words = es.manager.import;
  const row = {
    line: 1,
    character: 52,
    feature: 3,
    name: 'Río Tigre',
    code: 'latitude_unreadable',
    value: '9x',
    column: 'lat',
  };
  expect(positionText(row, words)).toBe('Elemento 3, línea 1, carácter 52 · Río Tigre');
  expect(reasonText(row, words)).toBe('No se entiende la latitud «9x». Columna «lat».');
  const note = { code: 'undated', count: 12, message: '', at: [{ line: 4 }, { line: 9 }] };
  expect(noteText(note, words)).toBe(
    '12 filas sin fecha: se usó la de esta importación. Línea 4, Línea 9, …',
  );
});
