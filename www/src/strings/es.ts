/**
 * Every sentence of both pages in Spanish, and the shape the other languages must fill. Each area
 * of the pages has its file in `es/`.
 *
 * A key that is missing in another language fails the type check. Sentences with a value are
 * functions.
 */
import { categories } from './es/categories';
import { manager } from './es/manager';
import { map } from './es/map';
import { camera, files, audio } from './es/media';
import { detail, form, offer, place } from './es/observation';
import { drafts, home, insecure, pairing, phone, room, update } from './es/phone';
import { figures, problemDetails, problems } from './es/problems';
import { ready } from './es/ready';
import { state, sync, tried } from './es/sync';

export const es = {
  languageName: 'Español',
  language: 'Idioma',
  close: 'Cerrar',
  back: 'Volver',
  cancel: 'Cancelar',
  tryAgain: 'Intentar otra vez',
  none: 'ninguno',
  loading: 'Cargando…',

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

export type Words = typeof es;
