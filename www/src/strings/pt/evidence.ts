/** In Portuguese: who signed an observation, whether it is unaltered, and its files. */
import { count } from '../count';
import type { Words } from '../es';

export const custody: Words['manager']['custody'] = {
  button: 'Quem registrou, e está intacta?',
  asking: 'Verificando…',
  recorded: (who, when) => `Registrada por ${who} em ${when}.`,
  whole: (n, of) =>
    of === 1
      ? 'Intacta: sua única assinatura vale.'
      : `Intacta: ${count(n)} de ${count(of)} assinaturas valem.`,
  broken: (n, of) =>
    `Não está intacta: ${count(n)} de ${count(of)} assinaturas valem. Veja o que está marcado abaixo.`,
  latestOnly: (n) => `Só as últimas ${count(n)} versões foram conferidas; há outras mais antigas.`,
  table: 'Versões',
  who: 'Quem',
  when: 'Escrita',
  signature: 'Assinatura',
  chain: 'Cadeia',
  content: 'Conteúdo',
  holds: 'vale',
  fails: 'não vale',
  changes: { edit: 'escreveu', delete: 'apagou', resolve: 'decidiu' },
  unreadable: 'não se pode ler',
  quarantined: 'Fica guardada, mas não é mostrada',
  none: 'Este notebook não tem nenhuma versão.',
};

export const files: Words['manager']['files'] = {
  title: 'Fotos, sons e vídeos',
  photosHere: (n, of) =>
    of === 1 ? `${count(n)} de 1 foto aqui` : `${count(n)} de ${count(of)} fotos aqui`,
  filesHere: (n, of) =>
    of === 1 ? `${count(n)} de 1 arquivo aqui` : `${count(n)} de ${count(of)} arquivos aqui`,
  column: 'Fotos',
  away: 'ainda não chegou',
  damagedHere: 'danificou-se aqui',
  save: 'Salvar',
  saveFile: (name) => `Salvar ${name}`,
  sum: 'fotos e sons',
  missingOnly: 'Faltam fotos',
  hereOf: (n, of) => `${count(n)} de ${count(of)}`,
  stillMissing: (size) => `Faltam ${size}`,
  allHere: 'Tudo está aqui',
  original: 'Abrir original',
  notDrawn: 'Este navegador não consegue mostrar esta foto. Salve-a para ver com outro programa.',
  full: 'O disco deste notebook está quase cheio: as fotos esperam nos celulares. Libere espaço.',
  room: (size) => `Restam ${size} para fotos.`,
  noRoom: 'Não resta espaço para fotos.',
  damaged: (n) =>
    n === 1
      ? '1 arquivo foi danificado no disco deste notebook. Ele volta quando sincronizar um celular ou notebook que o tenha.'
      : `${count(n)} arquivos foram danificados no disco deste notebook. Eles voltam quando sincronizar um celular ou notebook que os tenha.`,
};

/** What the laptop's own clock says when that cannot be right. */
export const clock: Words['manager']['clock'] = {
  wrong: (says, probably) =>
    `O relógio deste notebook provavelmente está errado: marca ${says}, e são cerca de ${probably}.`,
  advice:
    'Acerte a hora nas configurações do notebook. Nada se perde: as datas deste período mostram outro dia.',
};
