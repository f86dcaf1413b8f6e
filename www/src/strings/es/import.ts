/** In Spanish: bringing in a file of observations, and what came of each row. */
import { count } from '../count';
import type { Isolated } from '../isolated';

export const importing = {
  button: 'Importar archivo',
  working: (name: Isolated) => `Importando ${name}…`,
  title: 'Resultado de la importación',
  added: 'nuevas',
  known: 'ya estaban',
  refused: 'rechazadas',
  encoding: 'Codificación',
  line: 'Línea',
  reason: 'Motivo',
  reasons: {
    latitude_missing: 'Falta la latitud.',
    latitude_unreadable: 'La latitud no se entiende.',
    latitude_out_of_range: 'La latitud pasa de ±90 grados.',
    longitude_missing: 'Falta la longitud.',
    longitude_unreadable: 'La longitud no se entiende.',
    longitude_out_of_range: 'La longitud pasa de ±180 grados.',
    no_location: 'No tiene lugar.',
    geometry_not_point: 'No es un punto.',
    date_unreadable: 'La fecha no se entiende.',
    columns_mismatch: 'La fila no tiene las mismas columnas que el encabezado.',
    row_too_long: 'La fila es demasiado larga.',
    id_too_long: 'El identificador es demasiado largo.',
    feature_malformed: 'No es un Feature de GeoJSON.',
    json_broken: 'El JSON se corta aquí.',
    other: 'La fila no se puede guardar.',
  },
  more: (n: number) => `y ${count(n)} filas más`,
  notes: 'Notas',
};
