/** In English: the manager’s page as a whole, and what is said of each device. */
import { count } from '../count';
import type { Words } from '../es';

export const workspace: Words['manager']['workspace'] = {
  tabs: { phones: 'Phones', observations: 'Observations', map: 'Map', more: 'More' },
  tabsLabel: 'Parts of the page',
  filtersOf: (n) => (n === 0 ? 'Filters' : `Filters (${n})`),
  closeRecord: 'Close the observation',
  details: 'Details',
  technical: 'Technical details',
  done: 'Done',
  doneAbout: (text) => `Done: ${text}`,
  doneAll: 'All done',
  showDone: (n) => (n === 1 ? '1 notice done' : `${count(n)} notices done`),
  otherNotice: 'The laptop has a notice that this page does not know.',
  print: 'Print',
  preparing: 'Preparing…',
  printedOn: (when) => `Printed ${when}`,
  notPrinted: (n, of) =>
    `These are the latest ${count(n)} of ${count(of)}. The other ${count(of - n)} are not on this paper: use the filters, or “Print” on the page.`,
  inWords: {
    all: 'All observations',
    category: (name) => `category “${name}”`,
    text: (text) => `with “${text}”`,
    from: (day) => `from ${day}`,
    to: (day) => `to ${day}`,
    conflicts: 'only with conflicts',
    missing: 'only with missing photos',
  },
};

export const devices: Words['manager']['devices'] = {
  observations: (n) => (n === 1 ? '1 observation' : `${count(n)} observations`),
  photosHere: (here, named) => `photos ${count(here)} of ${count(named)}`,
  othersHere: (here, named) => `audio and videos ${count(here)} of ${count(named)}`,
  owed: {
    photos: (n) => (n === 1 ? '1 photo' : `${count(n)} photos`),
    others: (n) => (n === 1 ? '1 audio or video file' : `${count(n)} audio or video files`),
    entries: (n) => (n === 1 ? '1 observation or edit' : `${count(n)} observations or edits`),
  },
  missing: (what) => `Not here yet: ${what}`,
  complete: (at) => `Everything it told of is here (${at})`,
  unknown: 'It has not told yet what it has',
  unknownElsewhere: 'It has not come to this laptop: what else it has is not known',
  waitFor: (whom) => `Wait for ${whom}.`,
  mustComeBack: (whom) => `Has to come back: ${whom}.`,
  whom: (name, what) => `${name} (${what})`,
  andMore: (n) => (n === 1 ? '1 more phone' : `${count(n)} more phones`),
  notKnown: (whom) => `It is not known yet what ${whom} has.`,
  nothingAwaited: 'Everything that the phones told of is here.',
  noneYet: 'No phones yet. Next step: “Add a phone”.',
  unnamed: 'Phone without a name',
  ready: (at) => `Ready for the forest (${at})`,
  notReady: 'Not ready for the forest yet:',
  readinessUnknown: 'It has not told whether it is ready for the forest',
  toldAt: (at) => `The phone said so, ${at}`,
  notChecked: (what) => `Not checked on the phone: ${what}.`,
  checks: {
    app_kept: 'opens without the laptop',
    storage_persistent: 'data protected',
    map_kept: 'map saved',
    gps_allowed: 'GPS',
    camera_allowed: 'camera',
    clock_right: 'clock',
    space_enough: 'space',
  },
  lacks: {
    app_kept:
      'Does not open without the laptop. Do step 1 of “Add a phone” with it and open Chasqui again.',
    storage_persistent: 'The phone might delete what it keeps. Put Chasqui on its home screen.',
    map_kept: 'The map is not saved on it. Leave Chasqui open near the laptop.',
    gps_allowed: 'Does not allow GPS. Allow it in the site’s settings on the phone.',
    camera_allowed: 'Does not allow the camera. Allow it in the site’s settings on the phone.',
    clock_right: 'Its clock is wrong. Set date and time to automatic on the phone.',
    space_enough: 'Little space is left. Use “Free space” on the phone.',
  },
  loses: {
    owed: (what) =>
      `On that phone are ${what} that have not arrived. If you remove it, they will not arrive until it is paired with a new code.`,
    complete: (at) =>
      `Everything it told of is here (${at}). What it recorded since stays on the phone.`,
    unknown: 'It has not told what it has: whatever is on that phone stays there.',
    stays: 'What has arrived on the laptop is not deleted.',
  },
};
