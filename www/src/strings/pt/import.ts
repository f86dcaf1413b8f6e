/** In Portuguese: bringing in a file of observations, and what came of each row. */
import { count } from '../count';
import type { Words } from '../es';

const quoted = (value?: string) => (value === undefined || value === '' ? '' : ` “${value}”`);
const rows = (n: number) => (n === 1 ? '1 linha' : `${count(n)} linhas`);

export const importing: Words['manager']['import'] = {
  button: 'Importar arquivo',
  working: (name) => `Importando ${name}…`,
  title: 'Resultado da importação',
  added: 'novas',
  known: 'já estavam',
  changed: 'corrigidas',
  differing: 'diferentes',
  refused: 'recusadas',
  encoding: 'Codificação',
  place: 'Onde',
  line: (line) => `Linha ${count(line)}`,
  feature: (feature, line, character) =>
    `Elemento ${count(feature)}, linha ${count(line)}, caractere ${count(character)}`,
  column: (name) => `Coluna “${name}”.`,
  reason: 'Motivo',
  reasons: {
    no_location: () => 'Não tem lugar.',
    latitude_missing: () => 'Falta a latitude.',
    longitude_missing: () => 'Falta a longitude.',
    latitude_unreadable: ({ value }) => `Não se entende a latitude${quoted(value)}.`,
    longitude_unreadable: ({ value }) => `Não se entende a longitude${quoted(value)}.`,
    location_unreadable: ({ value }) => `Não se entende o lugar${quoted(value)}.`,
    utm_zone_missing: ({ value }) => `São metros de UTM sem a zona (como 18S):${quoted(value)}.`,
    latitude_out_of_range: ({ value }) => `A latitude${quoted(value)} passa de ±90 graus.`,
    longitude_out_of_range: ({ value }) => `A longitude${quoted(value)} passa de ±180 graus.`,
    place_swapped: ({ value }) =>
      `O lugar${quoted(value)} fica longe dos outros: parece que latitude e longitude estão trocadas.`,
    place_sign_lost: ({ value }) =>
      `O lugar${quoted(value)} fica longe dos outros: parece que falta um sinal de menos.`,
    date_unreadable: ({ value }) => `Não se entende a data${quoted(value)}.`,
    date_ambiguous: ({ value }) =>
      `Não se sabe qual é o dia e qual o mês de${quoted(value)}: o arquivo tem datas escritas das duas maneiras.`,
    columns_mismatch: ({ value, limit = 0 }) =>
      `Tem ${value} valores, e o cabeçalho ${count(limit)} nomes.`,
    row_cut: () => 'O arquivo é cortado no meio desta linha.',
    quote_unclosed: () => 'As aspas que se abrem nesta linha não se fecham.',
    row_too_long: ({ limit = 0 }) =>
      `Tem mais de ${count(limit)} bytes. Nada do que vem depois foi lido.`,
    geometry_not_point: ({ value }) => `Não é um ponto, e sim${quoted(value)}.`,
    feature_malformed: () => 'Não é um Feature de GeoJSON.',
    json_broken: () => 'O JSON está quebrado aqui. Nada do que vem depois foi lido.',
    id_too_long: ({ limit = 0 }) => `O identificador tem mais de ${count(limit)} bytes, ou nenhum.`,
    malformed: () => 'Não é possível ler a linha.',
    version_too_large: ({ value, limit = 0 }) =>
      `Um campo é longo demais: ${value}; cabem ${count(limit)}.`,
    version_no_category: () => 'Não tem categoria.',
    version_control_character: () => 'Um texto tem um sinal que não pode ser guardado.',
    version_malformed: () => 'Não é possível guardar a linha.',
  },
  more: (n) => `e mais ${count(n)} linhas`,
  notes: 'Notas',
  told: {
    latin1: () => 'O arquivo não está em UTF-8; foi lido como Latin-1.',
    bytes_mixed: (n, { value }) =>
      `${rows(n)} com uma célula que não está em UTF-8; foi lida como Latin-1:${quoted(value)}.`,
    delimiter: (_n, { value }) => `As colunas são separadas por${quoted(value)}.`,
    lines_before_header: (_n, { value }) =>
      `O cabeçalho é a linha ${value}; o que está acima não foi lido.`,
    row_names: () => 'Cada linha tem um nome antes da primeira coluna.',
    column_repeated: (_n, { column, value }) =>
      `Duas colunas se chamam${quoted(column)}; uma fica guardada como${quoted(value)}.`,
    column_name_long: (_n, { column, value }) =>
      `O nome da coluna${quoted(column)} é longo demais; fica guardado como${quoted(value)}.`,
    rows_empty: (n) => `${rows(n)} sem nada, que não contam.`,
    rows_short: (n) => `${rows(n)} com menos valores do que colunas: o que falta ficou vazio.`,
    rows_long: (n) => `${rows(n)} com mais valores do que colunas, todos vazios.`,
    quotes_odd: (n) => `${rows(n)} com aspas dentro de uma célula, que ficaram como estão.`,
    json_nan: (_n, { value }) => `${value} vezes NaN ou Infinity, que ficou vazio.`,
    no_properties: (n) => `${rows(n)} sem propriedades.`,
    id_column: (_n, { column }) => `As linhas são reconhecidas pela coluna${quoted(column)}.`,
    no_ids: () =>
      'Nenhuma coluna tem identificadores únicos: as linhas são reconhecidas pelo que dizem.',
    ids_repeated: (n, { value }) =>
      `${rows(n)} com o identificador de outra${quoted(value)}: o que dizem as distingue.`,
    rows_repeated: (n) => `${rows(n)} iguais a outra do arquivo.`,
    date_column: (_n, { column }) => `A data foi tomada da coluna${quoted(column)}.`,
    undated: (n) => `${rows(n)} sem data: foi usada a desta importação.`,
    zone_assumed: (n, { value }) => `${rows(n)} com uma hora sem fuso, tomada como de ${value}.`,
    month_first: () => 'As datas têm o mês primeiro.',
    dates_ambiguous: (n, { value }) =>
      `${rows(n)} com uma data que pode ser lida com o dia ou com o mês primeiro; foi lida com o dia primeiro:${quoted(value)}.`,
    years_short: (n, { value }) =>
      `${rows(n)} com o ano em dois algarismos; foi tomado entre 1970 e 2069:${quoted(value)}.`,
    dates_coarse: (n, { value }) =>
      `${rows(n)} com uma data sem dia, ou com vários; foi tomado o primeiro:${quoted(value)}.`,
    dates_serial: (n, { value }) =>
      `${rows(n)} com uma data como número de planilha:${quoted(value)}.`,
    dates_ahead: (n, { value }) => `${rows(n)} com uma data futura:${quoted(value)}.`,
    dates_long_ago: (n, { value }) => `${rows(n)} com uma data anterior a 1950:${quoted(value)}.`,
    time_unreadable: (n, { value }) =>
      `${rows(n)} com uma hora que não se entende${quoted(value)}: foi tomado o dia.`,
    unplaced: (n) => `${rows(n)} sem lugar.`,
    at_zero: (n) => `${rows(n)} em 0°, 0°: costuma ser um lugar que nunca foi medido.`,
    places_utm: (n, { value }) => `${rows(n)} com um lugar calculado de UTM, zona${quoted(value)}.`,
    categories_unknown: (n, { value }) => `${rows(n)} com uma categoria própria:${quoted(value)}.`,
    categories_long: (n) => `${rows(n)} com uma categoria longa demais: ficou como resposta.`,
    refused_unlisted: (n) => `Mais ${rows(n)} recusadas, que não estão na lista.`,
    changes_unlisted: (n) => `Mais ${rows(n)} diferentes, que não estão na lista.`,
  },
  changesTitle: 'Dizem outra coisa do que já está aqui',
  changesAsk: (n) =>
    `${rows(n)} ${n === 1 ? 'diz' : 'dizem'} outra coisa de uma observação que já está aqui. Nada foi mudado.`,
  changesTake: 'Corrigir essas observações',
};
