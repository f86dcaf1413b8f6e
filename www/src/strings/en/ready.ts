/** In English: whether this phone works far from the laptop, and how to mend what is missing. */
import type { Words } from '../es';

export const ready: Words['ready'] = {
  title: 'Ready for the forest',
  ready: 'Phone ready for the forest',
  notYet: 'Missing for the forest',
  danger: 'This phone is NOT ready for the forest',
  showAll: (done, all) => `Show all: ${done} of ${all} ready`,
  showLess: 'Show less',
  done: 'ready',
  missing: 'missing',
  unknown: 'not known',
  app_kept: {
    yes: 'The app opens without the laptop',
    no: 'This phone does NOT open the app without the laptop. Install the certificate and open the app again.',
    unknown: 'The app is being kept…',
    mend: 'Install the certificate',
    again: 'Try again',
  },
  storage_persistent: {
    yes: 'The data is protected',
    no: 'The browser may delete the data if space runs out. Put the app on the home screen and protect it.',
    unknown: 'The browser does not say whether it protects the data.',
    mend: 'Protect the data',
  },
  map_kept: {
    yes: 'Map kept',
    no: 'The map is not kept yet: do it near the laptop.',
    unknown: 'It is not known whether the map is kept.',
    mend: 'Keep the map',
  },
  gps_allowed: {
    yes: 'GPS allowed',
    no: 'GPS is blocked. Allow it in Chrome: ⋮ > Settings > Site settings > Location.',
    unknown: 'GPS is not allowed yet.',
    mend: 'Allow GPS',
  },
  camera_allowed: {
    yes: 'Camera allowed',
    no: 'The camera is blocked. Allow it in Chrome: ⋮ > Settings > Site settings > Camera.',
    unknown: 'The camera is not allowed yet.',
    mend: 'Allow the camera',
  },
  clock_right: {
    yes: 'The time agreed with the laptop’s',
    no: 'The time is not the laptop’s.',
    set: 'Set it to automatic in the settings.',
    unknown: 'The time is compared when the laptop answers.',
    mend: 'Look for the laptop',
  },
  space_enough: {
    yes: (free) => `Free space: ${free}`,
    no: (free) => `Little space is left: ${free}.`,
    unknown: 'The browser does not say how much space is left.',
    mend: 'Free space',
  },
};
