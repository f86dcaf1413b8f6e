/** In Portuguese: the manager’s page as a whole, and what is said of each device. */
import { count } from '../count';
import type { Words } from '../es';

export const workspace: Words['manager']['workspace'] = {
  tabs: { phones: 'Celulares', observations: 'Observações', map: 'Mapa', more: 'Mais' },
  tabsLabel: 'Partes da página',
  filtersOf: (n) => (n === 0 ? 'Filtros' : `Filtros (${n})`),
  closeRecord: 'Fechar a observação',
  details: 'Detalhes',
  technical: 'Detalhes técnicos',
  done: 'Feito',
  doneAbout: (text) => `Feito: ${text}`,
  doneAll: 'Tudo feito',
  showDone: (n) => (n === 1 ? '1 aviso feito' : `${count(n)} avisos feitos`),
  otherNotice: 'O notebook tem um aviso que esta página não conhece.',
  print: 'Imprimir',
  preparing: 'Preparando…',
  printedOn: (when) => `Impresso em ${when}`,
  notPrinted: (n, of) =>
    `Aqui estão as ${count(n)} mais recentes de ${count(of)}. As outras ${count(of - n)} não estão neste papel: use os filtros, ou “Imprimir” na página.`,
  inWords: {
    all: 'Todas as observações',
    category: (name) => `categoria “${name}”`,
    text: (text) => `com “${text}”`,
    from: (day) => `desde ${day}`,
    to: (day) => `até ${day}`,
    conflicts: 'só com conflitos',
    missing: 'só com fotos que faltam',
  },
};

export const devices: Words['manager']['devices'] = {
  observations: (n) => (n === 1 ? '1 observação' : `${count(n)} observações`),
  photosHere: (here, named) => `fotos ${count(here)} de ${count(named)}`,
  othersHere: (here, named) => `sons e vídeos ${count(here)} de ${count(named)}`,
  owed: {
    photos: (n) => (n === 1 ? '1 foto' : `${count(n)} fotos`),
    others: (n) => (n === 1 ? '1 som ou vídeo' : `${count(n)} sons ou vídeos`),
    entries: (n) => (n === 1 ? '1 observação ou correção' : `${count(n)} observações ou correções`),
  },
  missing: (what) => `Ainda não chegou: ${what}`,
  complete: (at) => `Chegou tudo o que disse ter (${at})`,
  unknown: 'Ainda não disse o que tem',
  unknownElsewhere: 'Não veio a este notebook: não se sabe o que mais tem',
  waitFor: (whom) => `Espere por ${whom}.`,
  mustComeBack: (whom) => `Falta voltar: ${whom}.`,
  whom: (name, what) => `${name} (${what})`,
  andMore: (n) => (n === 1 ? 'mais 1 celular' : `mais ${count(n)} celulares`),
  notKnown: (whom) => `Ainda não se sabe o que ${whom} tem.`,
  nothingAwaited: 'Chegou tudo o que os celulares disseram ter.',
  noneYet: 'Ainda não há celulares. O próximo passo: “Adicionar um celular”.',
  unnamed: 'Celular sem nome',
  ready: (at) => `Pronto para a mata (${at})`,
  notReady: 'Ainda não está pronto para a mata:',
  readinessUnknown: 'Não disse se está pronto para a mata',
  toldAt: (at) => `O celular disse isso, ${at}`,
  notChecked: (what) => `Não verificado no celular: ${what}.`,
  checks: {
    app_kept: 'abre sem o notebook',
    storage_persistent: 'dados protegidos',
    map_kept: 'mapa guardado',
    gps_allowed: 'GPS',
    camera_allowed: 'câmera',
    clock_right: 'hora',
    space_enough: 'espaço',
  },
  lacks: {
    app_kept:
      'Não abre sem o notebook. Faça com ele o passo 1 de “Adicionar um celular” e abra o Chasqui de novo.',
    storage_persistent: 'O celular pode apagar o que guarda. Ponha o Chasqui na tela inicial dele.',
    map_kept: 'Não tem o mapa guardado. Deixe o Chasqui aberto perto do notebook.',
    gps_allowed: 'Não permite o GPS. Permita nas configurações do site, no celular.',
    camera_allowed: 'Não permite a câmera. Permita nas configurações do site, no celular.',
    clock_right: 'O relógio dele não está certo. Ponha data e hora automáticas no celular.',
    space_enough: 'Tem pouco espaço. Use “Liberar espaço” no celular.',
  },
  loses: {
    owed: (what) =>
      `Nesse celular ficam ${what} que não chegaram. Se você o retirar, não chegarão até que entre com um código novo.`,
    complete: (at) =>
      `Chegou tudo o que disse ter (${at}). O que registrou depois fica no celular.`,
    unknown: 'Não disse o que tem: o que houver nesse celular fica lá.',
    stays: 'O que já chegou ao notebook não se apaga.',
  },
};
