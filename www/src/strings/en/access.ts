/** In English: access: signing in, the members and pairing a phone. */
import type { Words } from '../es';

export const access: Words['manager']['access'] = {
  title: 'Manager’s page',
  ended: 'The session has ended. What you typed is still here.',
  openLink: 'Open the link that the program printed when it started. It ends in #key=…',
  elsewhere:
    'The program’s link works on the laptop itself only. Here it takes the key of a phone or laptop that was paired as manager.',
  credential: 'Link, or a manager’s key',
  notCredential: 'This is neither the link nor a key: 32 or 64 letters and digits.',
  enter: 'Sign in',
  leave: 'Sign out',
  refusals: {
    too_many_pairings: 'This laptop takes no more phones.',
    name_unusable: 'This name cannot be used: 1 to 80 letters.',
    record_unknown: 'The laptop does not have this record.',
    malformed: 'The laptop did not understand the request. Reload the page.',
    internal: 'Something failed on the laptop. Its log says what.',
    store_failed: 'The laptop could not read or store its data. Its log says why.',
    laptop_full: 'The laptop’s disk is full. Nothing is lost: make space and try again.',
    disk_reserve: 'The laptop’s disk is nearly full and takes no files. Make space.',
    stuck: 'The two sides do not come to an agreement. Try again.',
    too_many_differences: 'There are too many differences to compare.',
  },
};

export const members: Words['manager']['members'] = {
  phone: 'phone',
  laptop: 'laptop',
  notPaired: 'not paired here',
  pairedAt: (when) => `Paired ${when}`,
  revoked: (when) => `Revoked ${when}`,
  change: (name) => `Change ${name}`,
  name: 'Name',
  role: 'Role',
  roles: { monitor: 'Monitor: records and corrects', manager: 'Manager: manages as well' },
  save: 'Save',
  revoke: 'Revoke access',
  revokeSure: (name) => `${name}’s device keeps what it has and can no longer sync.`,
  revokeYes: 'Yes, revoke it',
  comeBack: 'To pair it again, show it a new code.',
  aside: 'Its records are hidden',
  setAside: 'Hide its records',
  asideSure: (name) =>
    `What ${name}’s device recorded leaves the lists, the map and the counts, on every laptop and phone of this project. Nothing is deleted, and you can show it again.`,
  asideYes: 'Yes, hide them',
  takeBack: 'Show its records again',
};

export const invite: Words['manager']['invite'] = {
  button: 'Add a phone',
  title: 'Add a phone',
  newPhone: '1 · A new phone',
  newPhoneHow:
    'Scan this with the phone’s camera, on the same wifi. The page that opens prepares it step by step.',
  orOpen: 'Or open in its browser:',
  noOnboarding: 'This laptop does not answer by http: open Chasqui on the phone as you were told.',
  qrPage: 'QR code of the page that prepares a new phone',
  insideApp: '2 · Inside Chasqui',
  insideAppHow: (scan) => `On the phone, with Chasqui open: press “${scan}”, or type:`,
  notCamera: 'Not with the phone’s camera: without step 1, Chasqui would not open in the forest.',
  qr: 'QR code to scan from within Chasqui',
  link: 'Link',
  otherLinks: 'Other addresses of this laptop',
  copy: 'Copy link',
  copied: 'Copied',
  role: 'Role',
  left: (time) => `Valid for ${time} min more, once.`,
  over: 'This code is no longer valid.',
  renew: 'Show another code',
  arrived: (name) => `${name}’s phone is paired`,
};
