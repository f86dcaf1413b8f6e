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
  draftKept: 'O que você escreveu está guardado neste celular, sem terminar.',
  draftPending: 'Guardando o que você escreveu…',
  onlyHere:
    'Não foi possível guardar o rascunho: o que você escreveu se perde se fechar o Chasqui. Salve a observação, ou libere espaço.',
  shortenNote: 'A nota é longa demais: encurte-a para salvar.',
  noteLeft: (left) => `Restam ${left} letras; as acentuadas contam em dobro.`,
  noteTooLong: (over) =>
    `Sobram ${over} letras (acentuadas contam em dobro): a nota não pode ser salva tão longa.`,
  badTime: 'Não foi possível ler esta data; vale a anterior.',
  addTime: 'Adicionar a hora',
};

export const offer: Words['offer'] = {
  title: 'A foto diz outra coisa:',
  usePlace: (place) => `Usar o lugar dela: ${place}`,
  useTime: (time) => `Usar a data e hora dela: ${time}`,
};

export const place: Words['place'] = {
  title: 'Lugar',
  searching: 'Procurando GPS… Você pode salvar sem esperar.',
  gps: 'GPS',
  quality: { good: 'exato', fair: 'regular', poor: 'impreciso' },
  improving: 'melhorando…',
  held: 'fixado',
  taken: (ago) => `obtido ${ago}`,
  hold: 'Fixar este lugar',
  elsewhere: (distance, metres) =>
    `Agora você está a ${distance} desse lugar (GPS ± ${metres} m). Mover o lugar para cá?`,
  move: 'Mover o lugar para cá',
  better: (metres) => `O GPS já é mais exato: ± ${metres} m. Usar?`,
  useBetter: 'Usar o mais exato',
  denied: 'O celular não permite usar o GPS. Você pode salvar assim mesmo ou pôr o lugar à mão.',
  allowInBrowser:
    'Para permitir: ligue a localização do celular, toque no ícone à esquerda do endereço › Permissões › Localização › Permitir, e depois “Usar o GPS daqui”.',
  allowInApp:
    'Para permitir: ligue a localização do celular, abra Configurações › Apps › Chrome › Permissões › Localização › Permitir, e depois toque em “Usar o GPS daqui”.',
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
  badNumbers: 'Não dá para entender. Escreva graus com decimais, por exemplo -4.5731 e -73.4012.',
  bothNumbers: 'Os dois números são necessários.',
  stillBefore: 'Até lá fica o lugar acima.',
  stillNone: 'Até lá não há lugar.',
  remove: 'Tirar o lugar',
  accuracy: (metres) => `± ${metres} m`,
};

export const detail: Words['detail'] = {
  title: 'Observação',
  edit: 'Corrigir',
  observedAt: 'Visto',
  writtenAt: 'Escrito',
  observer: 'Quem viu',
  takenFrom: 'Importado de',
  takenBy: 'por',
  correctedBy: 'corrigido por',
  unknownObserver: 'não se sabe',
  unknownAuthor: 'não se sabe quem',
  isAhead: 'data no futuro',
  zoneAssumed: 'fuso horário suposto',
  thisPhone: 'este celular',
  unnamedLaptop: 'um notebook sem nome',
  unnamedDevice: 'um dispositivo sem nome',
  role: { monitor: 'monitor', manager: 'coordenação' },
  unaltered: (count: number) =>
    count === 1
      ? 'Sem alterações: a assinatura é válida.'
      : `Sem alterações: as ${count} assinaturas são válidas.`,
  unalteredLatest: (count: number) =>
    `Sem alterações: as assinaturas das últimas ${count} versões são válidas. As mais antigas não foram conferidas.`,
  altered: (bad: number, count: number) =>
    `Alterada: ${bad} de ${count} versões não são o que o autor assinou.`,
  note: 'Nota',
  noNote: 'Sem nota',
  wholeNote: 'Ver a nota inteira',
  lessNote: 'Ver menos',
  answers: 'Respostas',
  notFound: 'Esta observação não está neste celular.',
  conflictTitle: 'Duas pessoas a mudaram ao mesmo tempo',
  conflictHint: 'Nada se perdeu. Um valor é mostrado; os outros estão aqui.',
  shown: 'Mostrado',
  also: 'Também',
  moreValues: (n: number) => (n === 1 ? 'mais 1 valor' : `mais ${n} valores`),
  moreFields: (n: number) => (n === 1 ? 'Mais 1 campo difere.' : `Mais ${n} campos diferem.`),
  moreVersions: (n: number) =>
    n === 1
      ? 'Mais 1 versão é guardada e não é comparada aqui.'
      : `Mais ${n} versões são guardadas e não são comparadas aqui.`,
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
