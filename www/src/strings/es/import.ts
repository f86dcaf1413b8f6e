/** In Spanish: bringing in a file of observations, and what came of each row. */
import type { Told } from '../../api/types';
import { count } from '../count';
import type { Isolated } from '../isolated';

const quoted = (value?: string) => (value === undefined || value === '' ? '' : ` «${value}»`);
const rows = (n: number) => (n === 1 ? '1 fila' : `${count(n)} filas`);

export const importing = {
  button: 'Importar archivo',
  working: (name: Isolated) => `Importando ${name}…`,
  title: 'Resultado de la importación',
  added: 'nuevas',
  known: 'ya estaban',
  changed: 'corregidas',
  differing: 'distintas',
  refused: 'rechazadas',
  encoding: 'Codificación',
  place: 'Dónde',
  line: (line: number) => `Línea ${count(line)}`,
  feature: (feature: number, line: number, character: number) =>
    `Elemento ${count(feature)}, línea ${count(line)}, carácter ${count(character)}`,
  column: (name: string) => `Columna «${name}».`,
  reason: 'Motivo',
  reasons: {
    no_location: () => 'No tiene lugar.',
    latitude_missing: () => 'Falta la latitud.',
    longitude_missing: () => 'Falta la longitud.',
    latitude_unreadable: ({ value }: Told) => `No se entiende la latitud${quoted(value)}.`,
    longitude_unreadable: ({ value }: Told) => `No se entiende la longitud${quoted(value)}.`,
    location_unreadable: ({ value }: Told) => `No se entiende el lugar${quoted(value)}.`,
    utm_zone_missing: ({ value }: Told) =>
      `Son metros de UTM sin su zona (como 18S):${quoted(value)}.`,
    latitude_out_of_range: ({ value }: Told) => `La latitud${quoted(value)} pasa de ±90 grados.`,
    longitude_out_of_range: ({ value }: Told) => `La longitud${quoted(value)} pasa de ±180 grados.`,
    place_swapped: ({ value }: Told) =>
      `El lugar${quoted(value)} queda lejos de los demás: parece que latitud y longitud están cambiadas.`,
    place_sign_lost: ({ value }: Told) =>
      `El lugar${quoted(value)} queda lejos de los demás: parece que falta un signo menos.`,
    date_unreadable: ({ value }: Told) => `No se entiende la fecha${quoted(value)}.`,
    date_ambiguous: ({ value }: Told) =>
      `No se sabe cuál es el día y cuál el mes de${quoted(value)}: el archivo tiene fechas escritas de las dos maneras.`,
    columns_mismatch: ({ value, limit = 0 }: Told) =>
      `Tiene ${value} valores, y el encabezado ${count(limit)} nombres.`,
    row_cut: () => 'El archivo se corta en medio de esta fila.',
    quote_unclosed: () => 'Las comillas que se abren en esta fila no se cierran.',
    row_too_long: ({ limit = 0 }: Told) =>
      `Tiene más de ${count(limit)} bytes. No se leyó nada de lo que sigue.`,
    geometry_not_point: ({ value }: Told) => `No es un punto, sino${quoted(value)}.`,
    feature_malformed: () => 'No es un Feature de GeoJSON.',
    json_broken: () => 'El JSON está roto aquí. No se leyó nada de lo que sigue.',
    id_too_long: ({ limit = 0 }: Told) =>
      `El identificador tiene más de ${count(limit)} bytes, o ninguno.`,
    malformed: () => 'La fila no se puede leer.',
    version_too_large: ({ value, limit = 0 }: Told) =>
      `Un campo es demasiado largo: ${value}; caben ${count(limit)}.`,
    version_no_category: () => 'No tiene categoría.',
    version_control_character: () => 'Un texto tiene un signo que no se puede guardar.',
    version_malformed: () => 'La fila no se puede guardar.',
  },
  more: (n: number) => `y ${count(n)} filas más`,
  notes: 'Notas',
  told: {
    latin1: () => 'El archivo no está en UTF-8; se leyó como Latin-1.',
    bytes_mixed: (n: number, { value }: Told) =>
      `${rows(n)} con una celda que no está en UTF-8; se leyó como Latin-1:${quoted(value)}.`,
    delimiter: (_n: number, { value }: Told) => `Las columnas se separan con${quoted(value)}.`,
    lines_before_header: (_n: number, { value }: Told) =>
      `El encabezado es la línea ${value}; lo que está arriba no se leyó.`,
    row_names: () => 'Cada fila tiene un nombre antes de la primera columna.',
    column_repeated: (_n: number, { column, value }: Told) =>
      `Dos columnas se llaman${quoted(column)}; una se guarda como${quoted(value)}.`,
    column_name_long: (_n: number, { column, value }: Told) =>
      `El nombre de la columna${quoted(column)} es demasiado largo; se guarda como${quoted(value)}.`,
    rows_empty: (n: number) => `${rows(n)} sin nada, que no se cuentan.`,
    rows_short: (n: number) =>
      `${rows(n)} con menos valores que columnas: lo que falta quedó vacío.`,
    rows_long: (n: number) => `${rows(n)} con más valores que columnas, todos vacíos.`,
    quotes_odd: (n: number) =>
      `${rows(n)} con comillas dentro de una celda, que se guardaron como están.`,
    json_nan: (_n: number, { value }: Told) => `${value} veces NaN o Infinity, que quedó vacío.`,
    no_properties: (n: number) => `${rows(n)} sin propiedades.`,
    id_column: (_n: number, { column }: Told) =>
      `Las filas se reconocen por la columna${quoted(column)}.`,
    no_ids: () =>
      'Ninguna columna tiene identificadores únicos: las filas se reconocen por lo que dicen.',
    ids_repeated: (n: number, { value }: Told) =>
      `${rows(n)} con el identificador de otra${quoted(value)}: se distinguen por lo que dicen.`,
    rows_repeated: (n: number) => `${rows(n)} iguales a otra del archivo.`,
    date_column: (_n: number, { column }: Told) =>
      `La fecha se tomó de la columna${quoted(column)}.`,
    undated: (n: number) => `${rows(n)} sin fecha: se usó la de esta importación.`,
    zone_assumed: (n: number, { value }: Told) =>
      `${rows(n)} con una hora sin zona, que se tomó como de ${value}.`,
    month_first: () => 'Las fechas tienen el mes primero.',
    dates_ambiguous: (n: number, { value }: Told) =>
      `${rows(n)} con una fecha que se puede leer con el día o con el mes primero; se leyó con el día primero:${quoted(value)}.`,
    years_short: (n: number, { value }: Told) =>
      `${rows(n)} con el año en dos cifras; se tomó entre 1970 y 2069:${quoted(value)}.`,
    dates_coarse: (n: number, { value }: Told) =>
      `${rows(n)} con una fecha sin día, o con varios; se tomó el primero:${quoted(value)}.`,
    dates_serial: (n: number, { value }: Told) =>
      `${rows(n)} con una fecha como número de hoja de cálculo:${quoted(value)}.`,
    dates_ahead: (n: number, { value }: Told) =>
      `${rows(n)} con una fecha futura:${quoted(value)}.`,
    dates_long_ago: (n: number, { value }: Told) =>
      `${rows(n)} con una fecha anterior a 1950:${quoted(value)}.`,
    time_unreadable: (n: number, { value }: Told) =>
      `${rows(n)} con una hora que no se entiende${quoted(value)}: se tomó el día.`,
    unplaced: (n: number) => `${rows(n)} sin lugar.`,
    at_zero: (n: number) => `${rows(n)} en 0°, 0°: suele ser un lugar que nunca se midió.`,
    places_utm: (n: number, { value }: Told) =>
      `${rows(n)} con un lugar calculado de UTM, zona${quoted(value)}.`,
    categories_unknown: (n: number, { value }: Told) =>
      `${rows(n)} con una categoría propia:${quoted(value)}.`,
    categories_long: (n: number) =>
      `${rows(n)} con una categoría demasiado larga: quedó como respuesta.`,
    refused_unlisted: (n: number) => `${rows(n)} rechazadas más, que no están en la lista.`,
    changes_unlisted: (n: number) => `${rows(n)} distintas más, que no están en la lista.`,
  },
  changesTitle: 'Dicen otra cosa que lo que ya está aquí',
  changesAsk: (n: number) =>
    `${rows(n)} ${n === 1 ? 'dice' : 'dicen'} otra cosa de una observación que ya está aquí. No se cambió nada.`,
  changesTake: 'Corregir esas observaciones',
};
