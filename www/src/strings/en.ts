/**
 * Every sentence of both pages in English, an area a file in `en/`.
 * A key missing here fails the type check.
 */
import type { Words } from './es';
import { categories } from './en/categories';
import { manager } from './en/manager';
import { map } from './en/map';
import { camera, files, audio } from './en/media';
import { detail, form, offer, place } from './en/observation';
import { drafts, home, insecure, pairing, phone, room, update } from './en/phone';
import { figures, problemDetails, problems } from './en/problems';
import { ready } from './en/ready';
import { state, sync, tried } from './en/sync';

export const en: Words = {
  languageName: 'English',
  language: 'Language',
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  none: 'none',
  loading: 'Loading…',

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
