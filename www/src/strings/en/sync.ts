/** In English: what has reached the laptop, what waits, and where the laptop was looked for. */
import { count } from '../count';
import type { Words } from '../es';

export const tried: Words['tried'] = {
  title: 'Where the laptop was looked for',
  hint: 'Check that the laptop is on and the phone is on its wifi, with mobile data off. If so and there is no connection: let the browser use the local network, and tell the manager, for the laptop’s certificate may have changed.',
  outcomes: {
    silent: 'no connection: no answer, or the browser did not allow it',
    other_laptop: 'another laptop answers, which does not know this phone',
    other_project: 'a laptop of another project answers',
    unproven: 'somebody answers who could not prove to be your laptop',
    refused: 'something answers that is not the laptop',
  },
};

export const state: Words['state'] = {
  on_phone: 'On this phone',
  on_laptop: 'On the laptop',
  filesWaiting: (n: number) => (n === 1 ? '1 file to go' : `${count(n)} files to go`),
  conflict: 'Versions differ',
  deletedAndEdited: 'Deleted and edited at once',
  deleted: 'Deleted by the manager',
  mine: 'Mine',
  others: 'Someone else’s',
  saved: 'Saved on this phone',
};

export const sync: Words['sync'] = {
  looking: 'Looking for the laptop…',
  syncing: (done, total) => `Syncing ${count(done)} of ${count(total)}`,
  synced: (at) => `All on the laptop, ${at}`,
  recordsSynced: (at) => `Observations on the laptop, ${at}`,
  filesWaiting: (photos, others) => {
    const all = [
      ...(photos > 0 ? [photos === 1 ? '1 photo' : `${count(photos)} photos`] : []),
      ...(others > 0
        ? [others === 1 ? '1 audio or video file' : `${count(others)} audio or video files`]
        : []),
    ];
    return `${all.join(' and ')} to send`;
  },
  syncedNever: 'Nothing to send',
  awaySince: (at) => `Laptop not reachable since ${at}`,
  awayNever: 'This phone has not met a laptop yet',
  clocksDiffer: (phone, laptop) =>
    `The clocks differ: this phone says ${phone} and the laptop says ${laptop}. Set right the one that is wrong.`,
  clockWentBack: (phone, laptop) =>
    `This phone says ${phone}, but the last time the laptop already said ${laptop}. Set the phone’s time: with a wrong one it does not know the laptop.`,
  failed: 'The laptop answered with a problem',
  waiting: (n) => (n === 1 ? '1 observation to send' : `${count(n)} observations to send`),
  nothingWaiting: 'nothing to send',
  unpaired: 'This phone is not paired yet',
  revoked: 'The manager removed this phone',
  notPaired: 'The laptop does not know this phone',
  strange: 'Another laptop answers here, not yours',
  phoneFailed: 'This phone could not keep what arrived',
  whatWasTried: 'See where it was looked for',
  pairAgain: 'Pair',
  now: 'Look now',
};
