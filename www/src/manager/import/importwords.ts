/** The sentences of an import, made of codes and values. */
import type { Words } from '../../strings/es';
import type { Report, RowPosition, Told } from '../../api/types';

type ImportWords = Words['manager']['import'];

/** Where a row stands in its file, with what it is called there. */
export function positionText(at: RowPosition, words: ImportWords): string {
  const place =
    at.feature === undefined
      ? words.line(at.line)
      : words.feature(at.feature, at.line, at.character ?? 1);
  return at.name === undefined ? place : `${place} · ${at.name}`;
}

/** Why a row was not taken; in general words for a code that this page does not know. */
export function reasonText(row: Told & { code: string }, words: ImportWords): string {
  const known = Object.hasOwn(words.reasons, row.code);
  const code = known ? (row.code as keyof ImportWords['reasons']) : 'malformed';
  const text = words.reasons[code](row);
  return row.column === undefined ? text : `${text} ${words.column(row.column)}`;
}

/** What a person should know of how the file was read, and where. */
export function noteText(note: Report['notes'][number], words: ImportWords): string {
  if (!Object.hasOwn(words.told, note.code)) return words.notes;
  const text = words.told[note.code as keyof ImportWords['told']](note.count, note);
  const places = note.at.map((at) =>
    at.feature === undefined ? words.line(at.line) : (at.name ?? String(at.feature)),
  );
  const more = note.count > note.at.length ? ', …' : '';
  return places.length === 0 ? text : `${text} ${places.join(', ')}${more}`;
}
