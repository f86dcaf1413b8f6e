/** In English: the phone itself: its first screen, pairing, what it stores and an update. */
import { count } from '../count';
import type { Words } from '../es';

export const home: Words['home'] = {
  newObservation: 'New observation',
  recorded: (n) => (n === 1 ? '1 observation' : `${count(n)} observations`),
  list: 'Observations on this phone',
  empty: 'No observations yet.',
  emptyHint: 'Tap the green button to record what you see. It works without internet.',
  opening: 'Opening what is saved…',
  install: 'Put on the home screen',
};

export const pairing: Words['pairing'] = {
  title: 'Pair this phone',
  ask: 'Ask the manager to show the code on the laptop’s screen. The phone must be on the laptop’s wifi.',
  scan: 'Scan the code',
  type: 'Type the code',
  aim: 'Point the camera at the code on the laptop’s screen.',
  haveLink: 'The code has been read. Now your name.',
  code: 'Code of 8 letters and digits',
  codeHint: 'Or paste the whole link here, if it was sent to you.',
  holder: 'Who uses this phone?',
  holderHint: 'Your name, as the manager knows it.',
  button: 'Pair',
  working: 'Pairing…',
  done: 'Phone paired',
};

export const phone: Words['phone'] = {
  title: 'This phone',
  holder: 'Used by',
  role: 'Role',
  laptop: 'Laptop',
  metAt: 'Last met',
  waiting: 'To send',
  putOut:
    'What you recorded is still kept here, but it is not sent. Ask the manager for a new code and pair again.',
  pairAgain: 'Pair again',
  files: 'Photos, audio and videos',
  filesWaiting: 'Files to send',
  sending: 'Sending now',
  used: 'Chasqui uses here',
  usedOf: (used, all) => `${used} of ${all}`,
  freeSpace: 'Free space',
  freeable: (n, size) =>
    n === 1
      ? `Can be removed: 1 file, ${size}, which is on the laptop`
      : `Can be removed: ${count(n)} files, ${size}, all on the laptop`,
  nothingFreeable: 'There are no files to remove.',
  notYetFreeable: 'There is nothing to remove: what is here is not on the laptop yet.',
  freeSure:
    'They are removed from this phone only. The observations stay here, and the files on the laptop. Remove them?',
  freeYes: 'Yes, remove',
  freeing: 'Asking the laptop…',
  freed: (n, size) =>
    n === 1 ? `1 file was removed, ${size}.` : `${count(n)} files were removed, ${size}.`,
};

export const insecure: Words['insecure'] = {
  title: 'This address cannot keep the app',
  text: 'From this address the phone cannot open Chasqui without a network, nor use GPS. Follow the steps to install it properly.',
  link: 'How to install it',
};

export const update: Words['update'] = {
  ready: 'A new version is ready.',
  restart: 'Restart',
};

export const room: Words['room'] = {
  low: 'Little space is left on the phone. Free some before it is full.',
  out: 'The phone is full: new photos, audio and videos do not fit. Unfinished notes have space reserved.',
  open: 'See how to free space',
};

export const drafts: Words['drafts'] = {
  title: 'Unfinished',
  one: 'Unfinished:',
  correction: 'Unfinished correction:',
  many: (n) => `${count(n)} unfinished`,
};
