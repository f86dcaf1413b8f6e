/** In English: bringing in a file of observations, and what came of each row. */
import { count } from '../count';
import type { Words } from '../es';

export const importing: Words['manager']['import'] = {
  button: 'Import a file',
  working: (name) => `Importing ${name}…`,
  title: 'Result of the import',
  added: 'new',
  known: 'already known',
  refused: 'refused',
  encoding: 'Encoding',
  line: 'Line',
  reason: 'Reason',
  reasons: {
    latitude_missing: 'The latitude is missing.',
    latitude_unreadable: 'The latitude cannot be read.',
    latitude_out_of_range: 'The latitude is beyond ±90 degrees.',
    longitude_missing: 'The longitude is missing.',
    longitude_unreadable: 'The longitude cannot be read.',
    longitude_out_of_range: 'The longitude is beyond ±180 degrees.',
    no_location: 'It has no place.',
    geometry_not_point: 'It is not a point.',
    date_unreadable: 'The date cannot be read.',
    columns_mismatch: 'The row does not have the columns of the header.',
    row_too_long: 'The row is too long.',
    id_too_long: 'The id is too long.',
    feature_malformed: 'It is no GeoJSON feature.',
    json_broken: 'The JSON breaks off here.',
    other: 'The row cannot be stored.',
  },
  more: (n) => `and ${count(n)} more rows`,
  notes: 'Notes',
};
