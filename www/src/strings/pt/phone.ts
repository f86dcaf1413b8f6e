/** In Portuguese: the phone itself: its first screen, pairing, what it holds and an update. */
import { count } from '../count';
import type { Words } from '../es';

export const home: Words['home'] = {
  newObservation: 'Nova observação',
  recorded: (n) => (n === 1 ? '1 observação' : `${count(n)} observações`),
  list: 'Observações neste celular',
  empty: 'Ainda não há observações.',
  emptyHint: 'Toque no botão verde para registrar o que você vê. Funciona sem internet.',
  opening: 'Abrindo o que está guardado…',
  install: 'Pôr na tela inicial',
};

export const pairing: Words['pairing'] = {
  title: 'Parear este celular',
  ask: 'Peça à coordenação que mostre o código na tela do notebook. O celular precisa estar no wifi do notebook.',
  scan: 'Ler o código',
  type: 'Digitar o código',
  aim: 'Aponte a câmera para o código na tela do notebook.',
  haveLink: 'O código foi lido. Falta o seu nome.',
  code: 'Código de 8 letras e números',
  codeHint: 'Ou cole aqui o link inteiro, se o enviaram a você.',
  holder: 'Quem leva este celular?',
  holderHint: 'Seu nome, como a coordenação o conhece.',
  button: 'Parear',
  working: 'Pareando…',
  done: 'Celular pareado',
};

export const phone: Words['phone'] = {
  title: 'Este celular',
  holder: 'Quem leva',
  role: 'Função',
  laptop: 'Notebook',
  metAt: 'Último encontro',
  waiting: 'Para enviar',
  putOut:
    'O que você registrou continua guardado aqui, mas não é enviado. Peça um código novo à coordenação e pareie de novo.',
  pairAgain: 'Parear de novo',
  files: 'Fotos, sons e vídeos',
  filesWaiting: 'Arquivos para enviar',
  sending: 'Enviando agora',
  used: 'O Chasqui ocupa aqui',
  usedOf: (used, all) => `${used} de ${all}`,
  freeSpace: 'Liberar espaço',
  freeable: (n, size) =>
    n === 1
      ? `Pode ser removido: 1 arquivo, ${size}, que já está no notebook`
      : `Podem ser removidos: ${count(n)} arquivos, ${size}, que já estão no notebook`,
  nothingFreeable: 'Não há arquivos para remover.',
  notYetFreeable: 'Não há nada para remover: o que está aqui ainda não está no notebook.',
  freeSure:
    'Saem só deste celular. As observações ficam aqui, e os arquivos continuam no notebook. Remover?',
  freeYes: 'Sim, remover',
  freeing: 'Perguntando ao notebook…',
  freed: (n, size) =>
    n === 1 ? `1 arquivo foi removido, ${size}.` : `${count(n)} arquivos foram removidos, ${size}.`,
};

export const insecure: Words['insecure'] = {
  title: 'Este endereço não guarda o aplicativo',
  text: 'Neste endereço o celular não pode abrir o Chasqui sem rede nem usar o GPS. Siga os passos para instalar direito.',
  link: 'Como instalar',
};

export const update: Words['update'] = {
  ready: 'Há uma versão nova.',
  restart: 'Reiniciar',
};

export const room: Words['room'] = {
  low: 'Resta pouco espaço no celular. Libere espaço antes que fique cheio.',
  out: 'O celular está cheio: fotos, sons e vídeos novos não cabem. As notas sem terminar têm um espaço reservado.',
  open: 'Ver como liberar espaço',
};

export const drafts: Words['drafts'] = {
  title: 'Sem terminar',
  one: 'Sem terminar:',
  correction: 'Correção sem terminar:',
  many: (n) => `${count(n)} sem terminar`,
};
