/** In Portuguese: one observation: writing it, its place and reading it. */
import type { Words } from '../es';

export const form: Words['form'] = {
  titleNew: 'Nova observação',
  titleEdit: 'Corrigir observação',
  category: 'O que você viu?',
  change: 'Trocar',
  chooseCategory: 'Escolha primeiro o que você viu.',
  note: 'Nota',
  noteHint: 'Opcional: o que aconteceu, quem, quanto',
  observedAt: 'Data e hora',
  save: 'Salvar',
  saving: 'Salvando…',
  discard: 'Descartar',
  discardSure: 'Descartar o que você escreveu?',
  draftKept: 'O que você escreveu continua aqui. Nada se perdeu.',
  badTime: 'Não foi possível ler esta data; vale a anterior.',
};

export const offer: Words['offer'] = {
  title: 'A foto diz outra coisa:',
  usePlace: (place) => `Usar o lugar dela: ${place}`,
  useTime: (time) => `Usar a data e hora dela: ${time}`,
};

export const place: Words['place'] = {
  title: 'Lugar',
  searching: 'Procurando GPS… Você pode salvar sem esperar.',
  fix: (metres) => `GPS com precisão de ${metres} m`,
  improving: 'melhorando…',
  denied: 'O celular não permite usar o GPS. Você pode salvar assim mesmo ou pôr o lugar à mão.',
  unavailable: 'Sem sinal de GPS aqui. Você pode salvar assim mesmo ou pôr o lugar à mão.',
  insecure: 'Este endereço não permite usar o GPS. Você pode pôr o lugar à mão.',
  byHand: 'Posto à mão',
  imported: 'Importado',
  missing: 'Sem lugar',
  takeGps: 'Usar o GPS daqui',
  setByHand: 'Pôr à mão',
  map: 'Ver no mapa',
  pickOnMap: 'Marcar no mapa',
  hideMap: 'Fechar o mapa',
  mapName: 'Mapa para marcar o lugar',
  mapFailed: 'Este celular não conseguiu abrir o mapa. Os números abaixo também servem.',
  latitude: 'Latitude',
  longitude: 'Longitude',
  badNumbers: 'Escreva graus com decimais, por exemplo -4.5731 e -73.4012.',
  remove: 'Tirar o lugar',
  accuracy: (metres) => `± ${metres} m`,
};

export const detail: Words['detail'] = {
  title: 'Observação',
  edit: 'Corrigir',
  observedAt: 'Visto',
  writtenAt: 'Escrito',
  author: 'Escrito por',
  thisPhone: 'este celular',
  role: { monitor: 'monitor', manager: 'coordenação' },
  unaltered: (count: number) =>
    count === 1 ? 'Sem alterações: a assinatura é válida.' : `Sem alterações: as ${count} assinaturas são válidas.`,
  altered: (bad: number, count: number) =>
    `Alterada: ${bad} de ${count} versões não são o que o autor assinou.`,
  note: 'Nota',
  noNote: 'Sem nota',
  answers: 'Respostas',
  notFound: 'Esta observação não está neste celular.',
  conflictTitle: 'Duas pessoas a mudaram ao mesmo tempo',
  conflictHint: 'Nada se perdeu. Um valor é mostrado; os outros estão aqui.',
  shown: 'Mostrado',
  also: 'Também',
  nothing: '(vazio)',
  heads: 'Versões atuais',
  record: 'Identificador',
  receivedAt: 'Recebido',
  generation: 'Geração',
  fields: {
    note: 'Nota',
    category: 'Categoria',
    location: 'Lugar',
    observed_at: 'Data e hora',
  },
};
