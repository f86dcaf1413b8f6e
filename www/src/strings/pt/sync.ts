/** In Portuguese: what has reached the laptop, what waits, and where the laptop was looked for. */
import { count } from '../count';
import type { Words } from '../es';

export const tried: Words['tried'] = {
  title: 'Onde o notebook foi procurado',
  hint: 'Veja se o notebook está ligado e o celular está no wifi dele, com os dados móveis desligados. Se for assim e não houver conexão: deixe o navegador usar a rede local, e avise a coordenação, pois o certificado do notebook pode ter mudado.',
  outcomes: {
    silent: 'sem conexão: ninguém respondeu, ou o navegador não permitiu',
    other_laptop: 'responde outro notebook, que não conhece este celular',
    other_project: 'responde um notebook de outro projeto',
    unproven: 'responde alguém que não provou ser o seu notebook',
    refused: 'responde algo que não é o notebook',
  },
};

export const state: Words['state'] = {
  on_phone: 'Neste celular',
  on_laptop: 'No notebook',
  filesWaiting: (n: number) => (n === 1 ? 'Falta 1 arquivo' : `Faltam ${count(n)} arquivos`),
  conflict: 'Versões diferentes',
  deletedAndEdited: 'Apagada e editada ao mesmo tempo',
  deleted: 'Apagada pela coordenação',
  mine: 'Minha',
  others: 'De outra pessoa',
  saved: 'Salva neste celular',
};

export const sync: Words['sync'] = {
  looking: 'Procurando o notebook…',
  syncing: (done, total) => `Sincronizando ${count(done)} de ${count(total)}`,
  synced: (at) => `Tudo está no notebook, ${at}`,
  recordsSynced: (at) => `As observações estão no notebook, ${at}`,
  filesWaiting: (photos, others) => {
    const all = [
      ...(photos > 0 ? [photos === 1 ? '1 foto' : `${count(photos)} fotos`] : []),
      ...(others > 0 ? [others === 1 ? '1 som ou vídeo' : `${count(others)} sons ou vídeos`] : []),
    ];
    return `Falta enviar ${all.join(' e ')}`;
  },
  syncedNever: 'Nada para enviar',
  awaySince: (at) => `Sem contato com o notebook desde ${at}`,
  awayNever: 'Este celular ainda não encontrou um notebook',
  clocksDiffer: (phone, laptop) =>
    `As horas não coincidem: este celular diz ${phone} e o notebook diz ${laptop}. Corrija o relógio que estiver errado.`,
  clockWentBack: (phone, laptop) =>
    `Este celular diz ${phone}, mas na última vez o notebook já dizia ${laptop}. Corrija a hora do celular: com a hora errada ele não reconhece o notebook.`,
  failed: 'O notebook respondeu com um problema',
  waiting: (n) => (n === 1 ? '1 observação para enviar' : `${count(n)} observações para enviar`),
  nothingWaiting: 'nada para enviar',
  unpaired: 'Este celular ainda não está pareado',
  revoked: 'A coordenação retirou este celular',
  notPaired: 'O notebook não conhece este celular',
  strange: 'Aqui responde outro notebook, não o seu',
  phoneFailed: 'Este celular não conseguiu guardar o que chegou',
  whatWasTried: 'Ver onde foi procurado',
  pairAgain: 'Parear',
  now: 'Procurar agora',
};
