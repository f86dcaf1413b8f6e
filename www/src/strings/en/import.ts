/** In English: bringing in a file of observations, and what came of each row. */
import { count } from '../count';
import type { Words } from '../es';

const quoted = (value?: string) => (value === undefined || value === '' ? '' : ` “${value}”`);
const rows = (n: number) => (n === 1 ? '1 row' : `${count(n)} rows`);

export const importing: Words['manager']['import'] = {
  button: 'Import a file',
  working: (name) => `Importing ${name}…`,
  title: 'Result of the import',
  added: 'new',
  known: 'already known',
  changed: 'corrected',
  differing: 'different',
  refused: 'refused',
  encoding: 'Encoding',
  place: 'Where',
  line: (line) => `Line ${count(line)}`,
  feature: (feature, line, character) =>
    `Feature ${count(feature)}, line ${count(line)}, character ${count(character)}`,
  column: (name) => `Column “${name}”.`,
  reason: 'Reason',
  reasons: {
    no_location: () => 'It has no place.',
    latitude_missing: () => 'The latitude is missing.',
    longitude_missing: () => 'The longitude is missing.',
    latitude_unreadable: ({ value }) => `The latitude${quoted(value)} cannot be read.`,
    longitude_unreadable: ({ value }) => `The longitude${quoted(value)} cannot be read.`,
    location_unreadable: ({ value }) => `The place${quoted(value)} cannot be read.`,
    utm_zone_missing: ({ value }) =>
      `These are metres of UTM without their zone (as 18S):${quoted(value)}.`,
    latitude_out_of_range: ({ value }) => `The latitude${quoted(value)} is beyond ±90 degrees.`,
    longitude_out_of_range: ({ value }) => `The longitude${quoted(value)} is beyond ±180 degrees.`,
    place_swapped: ({ value }) =>
      `The place${quoted(value)} is far from the others: latitude and longitude seem exchanged.`,
    place_sign_lost: ({ value }) =>
      `The place${quoted(value)} is far from the others: a minus seems to be missing.`,
    date_unreadable: ({ value }) => `The date${quoted(value)} cannot be read.`,
    date_ambiguous: ({ value }) =>
      `The day and the month of${quoted(value)} can be either way: the file has dates of both kinds.`,
    columns_mismatch: ({ value, limit = 0 }) =>
      `It has ${value} values, and the header ${count(limit)} names.`,
    row_cut: () => 'The file ends in the middle of this row.',
    quote_unclosed: () => 'The quote that begins in this row is never closed.',
    row_too_long: ({ limit = 0 }) =>
      `It has more than ${count(limit)} bytes. Nothing after it was read.`,
    geometry_not_point: ({ value }) => `It is not one point, but${quoted(value)}.`,
    feature_malformed: () => 'It is no GeoJSON feature.',
    json_broken: () => 'The JSON is broken here. Nothing after it was read.',
    id_too_long: ({ limit = 0 }) => `The id has more than ${count(limit)} bytes, or none.`,
    malformed: () => 'The row cannot be read.',
    version_too_large: ({ value, limit = 0 }) =>
      `A field is too long: ${value}; there is room for ${count(limit)}.`,
    version_no_category: () => 'It has no category.',
    version_control_character: () => 'A text has a sign that cannot be kept.',
    version_malformed: () => 'The row cannot be kept.',
  },
  more: (n) => `and ${count(n)} more rows`,
  notes: 'Notes',
  told: {
    latin1: () => 'The file is not in UTF-8; it was read as Latin-1.',
    bytes_mixed: (n, { value }) =>
      `${rows(n)} with a cell that is not in UTF-8; it was read as Latin-1:${quoted(value)}.`,
    delimiter: (_n, { value }) => `Columns are separated by${quoted(value)}.`,
    lines_before_header: (_n, { value }) =>
      `The header is line ${value}; what stands above it was not read.`,
    row_names: () => 'Each row has a name before its first column.',
    column_repeated: (_n, { column, value }) =>
      `Two columns are called${quoted(column)}; one of them is kept as${quoted(value)}.`,
    column_name_long: (_n, { column, value }) =>
      `The name of the column${quoted(column)} is too long; it is kept as${quoted(value)}.`,
    rows_empty: (n) => `${rows(n)} with nothing in them, which do not count.`,
    rows_short: (n) => `${rows(n)} with fewer values than columns: what is missing is empty.`,
    rows_long: (n) => `${rows(n)} with more values than columns, all of them empty.`,
    quotes_odd: (n) => `${rows(n)} with a quote within a cell, which is kept as it is.`,
    json_nan: (_n, { value }) => `${value} times NaN or Infinity, which is empty now.`,
    no_properties: (n) => `${rows(n)} without properties.`,
    id_column: (_n, { column }) => `Rows are known again by the column${quoted(column)}.`,
    no_ids: () =>
      'No column has ids that are one of a kind: rows are known again by what they say.',
    ids_repeated: (n, { value }) =>
      `${rows(n)} with the id of another${quoted(value)}: what they say tells them apart.`,
    rows_repeated: (n) => `${rows(n)} the same as another of the file.`,
    date_column: (_n, { column }) => `The date was taken from the column${quoted(column)}.`,
    undated: (n) => `${rows(n)} without a date: that of this import was used.`,
    zone_assumed: (n, { value }) =>
      `${rows(n)} with a time without a zone, which was taken as of ${value}.`,
    month_first: () => 'Dates have the month first.',
    dates_ambiguous: (n, { value }) =>
      `${rows(n)} with a date that can be read with the day or with the month first; it was read with the day first:${quoted(value)}.`,
    years_short: (n, { value }) =>
      `${rows(n)} with a year of two digits; it was taken from 1970 to 2069:${quoted(value)}.`,
    dates_coarse: (n, { value }) =>
      `${rows(n)} with a date of no day, or of several; the first was taken:${quoted(value)}.`,
    dates_serial: (n, { value }) =>
      `${rows(n)} with a date as the number of a spreadsheet:${quoted(value)}.`,
    dates_ahead: (n, { value }) => `${rows(n)} with a date in the future:${quoted(value)}.`,
    dates_long_ago: (n, { value }) => `${rows(n)} with a date before 1950:${quoted(value)}.`,
    time_unreadable: (n, { value }) =>
      `${rows(n)} with a time that cannot be read${quoted(value)}: the day was taken.`,
    unplaced: (n) => `${rows(n)} without a place.`,
    at_zero: (n) => `${rows(n)} at 0°, 0°: often a place that was never measured.`,
    places_utm: (n, { value }) =>
      `${rows(n)} with a place computed from UTM, zone${quoted(value)}.`,
    categories_unknown: (n, { value }) =>
      `${rows(n)} with a category of their own:${quoted(value)}.`,
    categories_long: (n) => `${rows(n)} with a category that is too long: it became an answer.`,
    refused_unlisted: (n) => `${rows(n)} more were refused and are not listed.`,
    changes_unlisted: (n) => `${rows(n)} more are different and are not listed.`,
  },
  changesTitle: 'They say something else than what is here',
  changesAsk: (n) =>
    `${rows(n)} ${n === 1 ? 'says' : 'say'} something else of an observation that is here. Nothing was changed.`,
  changesTake: 'Correct these observations',
};
