/** In English: one observation: writing it, its place and reading it. */
import type { Words } from '../es';

export const form: Words['form'] = {
  titleNew: 'New observation',
  titleEdit: 'Correct observation',
  category: 'What did you see?',
  change: 'Change',
  chooseCategory: 'First choose what you saw.',
  note: 'Note',
  noteHint: 'Optional: what happened, who, how much',
  observedAt: 'Date and time',
  save: 'Save',
  saving: 'Saving…',
  discard: 'Discard',
  discardSure: 'Discard what you wrote?',
  draftKept: 'What you wrote is still here. Nothing was lost.',
  badTime: 'This date cannot be read; the one before is used.',
};

export const offer: Words['offer'] = {
  title: 'The photo says otherwise:',
  usePlace: (place) => `Use its place: ${place}`,
  useTime: (time) => `Use its date and time: ${time}`,
};

export const place: Words['place'] = {
  title: 'Place',
  searching: 'Looking for GPS… You can save without waiting.',
  fix: (metres) => `GPS, accurate to ${metres} m`,
  improving: 'improving…',
  denied: 'The phone does not allow GPS. You can save anyway, or set the place by hand.',
  unavailable: 'No GPS signal here. You can save anyway, or set the place by hand.',
  insecure: 'This address does not allow GPS. You can set the place by hand.',
  byHand: 'Set by hand',
  imported: 'Imported',
  missing: 'No place',
  takeGps: 'Use GPS from here',
  setByHand: 'Set by hand',
  map: 'Show on the map',
  pickOnMap: 'Mark on the map',
  hideMap: 'Close the map',
  mapName: 'Map for marking the place',
  mapFailed: 'This phone could not open the map. The numbers below work too.',
  latitude: 'Latitude',
  longitude: 'Longitude',
  badNumbers: 'Write degrees with decimals, for example -4.5731 and -73.4012.',
  remove: 'Remove the place',
  accuracy: (metres) => `± ${metres} m`,
};

export const detail: Words['detail'] = {
  title: 'Observation',
  edit: 'Correct',
  observedAt: 'Seen',
  writtenAt: 'Written',
  author: 'Written by',
  thisPhone: 'this phone',
  role: { monitor: 'monitor', manager: 'manager' },
  unaltered: (count: number) =>
    count === 1 ? 'Unaltered: its signature holds.' : `Unaltered: all ${count} signatures hold.`,
  altered: (bad: number, count: number) =>
    `Altered: ${bad} of ${count} versions are not what their author signed.`,
  note: 'Note',
  noNote: 'No note',
  answers: 'Answers',
  notFound: 'This observation is not on this phone.',
  conflictTitle: 'Two people changed it at once',
  conflictHint: 'Nothing was lost. One value is shown; the others are here.',
  shown: 'Shown',
  also: 'Also',
  nothing: '(empty)',
  heads: 'Current versions',
  record: 'Identifier',
  receivedAt: 'Received',
  generation: 'Generation',
  fields: {
    note: 'Note',
    category: 'Category',
    location: 'Place',
    observed_at: 'Date and time',
  },
};
