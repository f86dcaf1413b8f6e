/** In English: who signed an observation, whether it is unaltered, and its files. */
import { count } from '../count';
import type { Words } from '../es';

export const custody: Words['manager']['custody'] = {
  button: 'Who recorded this, and is it unaltered?',
  asking: 'Checking…',
  recorded: (who, when) => `Recorded by ${who} on ${when}.`,
  whole: (n, of) =>
    of === 1
      ? 'Unaltered: its one signature is valid.'
      : `Unaltered: ${count(n)} of ${count(of)} signatures are valid.`,
  broken: (n, of) =>
    `Not unaltered: ${count(n)} of ${count(of)} signatures are valid. See what is marked below.`,
  latestOnly: (n) => `Only the latest ${count(n)} versions were checked; there are older ones.`,
  table: 'Versions',
  who: 'Who',
  when: 'Written',
  signature: 'Signature',
  chain: 'Chain',
  content: 'Content',
  holds: 'valid',
  fails: 'does not hold',
  changes: { edit: 'wrote', delete: 'deleted', resolve: 'decided' },
  unreadable: 'cannot be read',
  quarantined: 'Kept but not shown',
  none: 'This laptop has no version of it.',
};

export const files: Words['manager']['files'] = {
  title: 'Photos, audio and videos',
  photosHere: (n, of) =>
    of === 1 ? `${count(n)} of 1 photo here` : `${count(n)} of ${count(of)} photos here`,
  filesHere: (n, of) =>
    of === 1 ? `${count(n)} of 1 file here` : `${count(n)} of ${count(of)} files here`,
  column: 'Photos',
  away: 'not arrived yet',
  damagedHere: 'damaged here',
  save: 'Save',
  saveFile: (name) => `Save ${name}`,
  sum: 'photos and audio',
  missingOnly: 'Photos missing',
  hereOf: (n, of) => `${count(n)} of ${count(of)}`,
  stillMissing: (size) => `${size} missing`,
  allHere: 'All are here',
  original: 'Open original',
  notDrawn: 'This browser cannot show this photo. Save it to see it with another program.',
  full: 'This laptop’s disk is nearly full: photos wait on the phones. Free some space.',
  room: (size) => `${size} left for photos.`,
  noRoom: 'No space is left for photos.',
  damaged: (n) =>
    n === 1
      ? '1 file was damaged on this laptop’s disk. It comes back when a phone or laptop that has it syncs.'
      : `${count(n)} files were damaged on this laptop’s disk. They come back when a phone or laptop that has them syncs.`,
};

/** What the laptop's own clock says when that cannot be right. */
export const clock: Words['manager']['clock'] = {
  wrong: (says, probably) =>
    `This laptop’s clock is probably wrong: it says ${says}, and it is about ${probably}.`,
  advice:
    'Set it right in the laptop’s settings. Nothing is lost: dates of this time show the wrong day.',
};
