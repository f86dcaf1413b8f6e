/** In English: the manager’s page. */
import { count } from '../count';
import type { Words } from '../es';
import { access, invite, members } from './access';
import { clock, custody, files } from './evidence';
import { importing } from './import';

export const manager: Words['manager'] = {
  title: 'Manager',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  counts: {
    records: 'records',
    versions: 'versions',
    entries: 'entries',
    writers: 'logs',
    conflicts: 'conflicts',
  },
  filters: 'Filters',
  category: 'Category',
  allCategories: 'All',
  text: 'Search the text',
  from: 'From',
  to: 'To',
  conflictsOnly: 'Conflicts only',
  clearFilters: 'Clear filters',
  table: 'Observations',
  shownOf: (n) => (n === 1 ? '1 observation' : `${count(n)} observations`),
  nothingMatches: 'No observation matches the filters.',
  nothingYet: 'No observation has arrived yet. They appear here when a phone syncs.',
  columns: {
    category: 'Category',
    note: 'Note',
    observedAt: 'Seen',
    author: 'Who',
    place: 'Place',
    flags: 'Flags',
  },
  map: 'Map of observations',
  mapFailed: 'This browser could not open the map (WebGL). The table works all the same.',
  zoomToAll: 'Show all',
  detail: 'Selected observation',
  chooseOne: 'Choose a row, or a point on the map.',
  phones: 'Phones',
  noPhones: 'No phone has come yet.',
  lastSeen: (when) => `Seen ${when}`,
  neverSeen: 'Never seen',
  newPhone: 'New phone',
  thisLaptop: 'This laptop',
  received: (n, of) => `Received ${count(n)} of ${count(of)}`,
  missing: (n) => `${count(n)} missing`,
  complete: 'All records received',
  lacking: (n) => `Lacks ${count(n)} from the laptop`,
  clockAhead: (apart) => `Its clock is ${apart} ahead`,
  clockBehind: (apart) => `Its clock is ${apart} behind`,
  notices: 'Notices',
  noNotices: 'No notices.',
  noticeTexts: {
    log_lost:
      'A phone came back with an older state. It got its records back and goes on in a new log.',
    log_forked:
      'Two phones wrote the same log, as after copying a phone. Everything of both was kept.',
    entry_refused: 'An entry of this phone was refused. Everything before it was kept.',
    entry_quarantined: 'An entry is kept but not shown.',
    clock_off:
      'The clock of this phone is wrong. The order of the records does not depend on it.',
    device_new:
      'Came for the first time. If it is a phone that was wiped, what it brought before is still here.',
    entry_damaged:
      'An entry was damaged on the disk of this laptop. Another laptop can repair it.',
    media_damaged:
      'A file was damaged on this laptop’s disk and set aside. It comes back when a phone or laptop that has it syncs.',
  },
  refused: 'The laptop did not answer this page',
  meeting: {
    title: 'Sync with another laptop',
    address: 'Address of the other laptop',
    button: 'Sync',
    running: (done, of) => `${count(done)} of ${count(of)} entries moved…`,
    finished: (name, n) => `${name} holds the same. ${count(n)} entries moved.`,
    filesMoved: (done, of) => `Files: ${count(done)} of ${count(of)}`,
    failed: 'It was not completed. What has arrived stays.',
  },
  import: importing,
  access,
  members,
  invite,
  custody,
  clock,
  files,
  settings: {
    button: 'Settings',
    title: 'Settings of the project',
    photos: 'Size of photos',
    original: 'Original, as the phone takes them',
    originalHint: 'They take more space and longer to arrive.',
    pixels: (n) => `Up to ${count(n)} pixels a side`,
    usual: 'recommended',
    when: 'Phones take it with their next sync. Photos already taken stay as they are.',
    save: 'Save',
    saved: 'Settings saved',
  },
  meetingCode: 'Code of the other laptop (if it asks)',
};
