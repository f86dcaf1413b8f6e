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
  draftKept: 'What you wrote is kept on this phone, unfinished.',
  draftPending: 'Keeping what you wrote…',
  onlyHere:
    'The draft could not be kept: what you wrote is lost if you close Chasqui. Save the observation, or free some space.',
  shortenNote: 'The note is too long: shorten it to save.',
  noteLeft: (left) => `${left} letters left; those with an accent count twice.`,
  noteTooLong: (over) =>
    `${over} letters too many (those with an accent count twice): the note cannot be saved this long.`,
  badTime: 'This date cannot be read; the one before is used.',
  addTime: 'Add the time',
};

export const offer: Words['offer'] = {
  title: 'The photo says otherwise:',
  usePlace: (place) => `Use its place: ${place}`,
  useTime: (time) => `Use its date and time: ${time}`,
};

export const place: Words['place'] = {
  title: 'Place',
  searching: 'Looking for GPS… You can save without waiting.',
  gps: 'GPS',
  quality: { good: 'exact', fair: 'fair', poor: 'rough' },
  improving: 'improving…',
  held: 'held',
  taken: (ago) => `taken ${ago}`,
  hold: 'Hold this place',
  elsewhere: (distance, metres) =>
    `You are now ${distance} from there (GPS ± ${metres} m). Move the place here?`,
  move: 'Move the place here',
  better: (metres) => `GPS is more exact now: ± ${metres} m. Use it?`,
  useBetter: 'Use the more exact one',
  denied: 'The phone does not allow GPS. You can save anyway, or set the place by hand.',
  allowInBrowser:
    'To allow it: turn on the phone’s location, tap the icon left of the address › Permissions › Location › Allow, then “Use GPS from here”.',
  allowInApp:
    'To allow it: turn on the phone’s location, open Settings › Apps › Chrome › Permissions › Location › Allow, then tap “Use GPS from here”.',
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
  badNumbers: 'This cannot be read. Write degrees with decimals, for example -4.5731 and -73.4012.',
  bothNumbers: 'Both numbers are needed.',
  stillBefore: 'Until then the place above stays.',
  stillNone: 'Until then there is no place.',
  remove: 'Remove the place',
  accuracy: (metres) => `± ${metres} m`,
};

export const detail: Words['detail'] = {
  title: 'Observation',
  edit: 'Correct',
  observedAt: 'Seen',
  writtenAt: 'Written',
  observer: 'Seen by',
  takenFrom: 'Imported from',
  takenBy: 'by',
  correctedBy: 'corrected by',
  unknownObserver: 'not known',
  unknownAuthor: 'not known by whom',
  isAhead: 'date in the future',
  zoneAssumed: 'time zone assumed',
  thisPhone: 'this phone',
  unnamedLaptop: 'a laptop without a name',
  unnamedDevice: 'a device without a name',
  role: { monitor: 'monitor', manager: 'manager' },
  unaltered: (count: number) =>
    count === 1
      ? 'Unaltered: its signature is valid.'
      : `Unaltered: all ${count} signatures are valid.`,
  unalteredLatest: (count: number) =>
    `Unaltered: the signatures of the latest ${count} versions are valid. Older ones were not checked.`,
  altered: (bad: number, count: number) =>
    `Altered: ${bad} of ${count} versions are not what their author signed.`,
  note: 'Note',
  noNote: 'No note',
  wholeNote: 'Show the whole note',
  lessNote: 'Show less',
  answers: 'Answers',
  notFound: 'This observation is not on this phone.',
  conflictTitle: 'Two people changed it at once',
  conflictHint: 'Nothing was lost. One value is shown; the others are here.',
  shown: 'Shown',
  also: 'Also',
  moreValues: (n: number) => (n === 1 ? '1 more value' : `${n} more values`),
  moreFields: (n: number) => (n === 1 ? '1 more field differs.' : `${n} more fields differ.`),
  moreVersions: (n: number) =>
    n === 1
      ? '1 more version is kept and not compared here.'
      : `${n} more versions are kept and not compared here.`,
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
