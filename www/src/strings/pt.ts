/**
 * Every sentence of both pages in Portuguese, an area a file in `pt/`.
 * A key missing here fails the type check.
 */
import type { Words } from './es';
import { categories } from './pt/categories';
import { manager } from './pt/manager';
import { map } from './pt/map';
import { camera, files, audio } from './pt/media';
import { detail, form, offer, place } from './pt/observation';
import { drafts, home, insecure, pairing, phone, room, update } from './pt/phone';
import { figures, problemDetails, problems } from './pt/problems';
import { ready } from './pt/ready';
import { state, sync, tried } from './pt/sync';

export const pt: Words = {
  languageName: 'Português',
  language: 'Idioma',
  close: 'Fechar',
  back: 'Voltar',
  cancel: 'Cancelar',
  tryAgain: 'Tentar de novo',
  none: 'nenhum',
  loading: 'Carregando…',

  categories,
  home,
  pairing,
  phone,
  drafts,
  room,
  tried,
  state,
  sync,
  form,
  files,
  camera,
  audio,
  offer,
  place,
  map,
  detail,
  insecure,
  ready,
  update,
  problems,
  problemDetails,
  figures,
  manager,
};
