/** In Portuguese: bringing in a file of observations, and what came of each row. */
import { count } from '../count';
import type { Words } from '../es';

export const importing: Words['manager']['import'] = {
  button: 'Importar arquivo',
  working: (name) => `Importando ${name}…`,
  title: 'Resultado da importação',
  added: 'novas',
  known: 'já estavam',
  refused: 'recusadas',
  encoding: 'Codificação',
  line: 'Linha',
  reason: 'Motivo',
  reasons: {
    latitude_missing: 'Falta a latitude.',
    latitude_unreadable: 'Não se entende a latitude.',
    latitude_out_of_range: 'A latitude passa de ±90 graus.',
    longitude_missing: 'Falta a longitude.',
    longitude_unreadable: 'Não se entende a longitude.',
    longitude_out_of_range: 'A longitude passa de ±180 graus.',
    no_location: 'Não tem lugar.',
    geometry_not_point: 'Não é um ponto.',
    date_unreadable: 'Não se entende a data.',
    columns_mismatch: 'A linha não tem as mesmas colunas do cabeçalho.',
    row_too_long: 'A linha é longa demais.',
    id_too_long: 'O identificador é longo demais.',
    feature_malformed: 'Não é um Feature de GeoJSON.',
    json_broken: 'O JSON é interrompido aqui.',
    other: 'Não é possível guardar a linha.',
  },
  more: (n) => `e mais ${count(n)} linhas`,
  notes: 'Notas',
};
