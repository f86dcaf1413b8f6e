/** In English: the manager’s page. */
import { count } from '../count';
import type { Words } from '../es';
import { access, invite, members } from './access';
import { clock, custody, files } from './evidence';
import { importing } from './import';
import { devices, workspace } from './workspace';

export const manager: Words['manager'] = {
  title: 'Manager',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  counts: {
    records: 'observations',
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
  lastSeen: (when) => `Seen ${when}`,
  neverSeen: 'Never seen',
  thisLaptop: 'This laptop',
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
    clock_off: 'The clock of this phone is wrong. The order of the records does not depend on it.',
    device_new:
      'Came for the first time. If it is a phone that was wiped, what it brought before is still here.',
    entry_damaged: 'An entry was damaged on the disk of this laptop. Another laptop can repair it.',
    media_damaged:
      'A file was damaged on this laptop’s disk and quarantined. It comes back when a phone or laptop that has it syncs.',
    wrong_codes:
      'Someone nearby is trying codes or keys that are wrong. None of them opens anything: there is nothing to do.',
    request_flood:
      'Someone nearby is asking this laptop for too much at once. The excess is refused; paired phones keep syncing.',
  },
  refused: 'The laptop did not answer this page',
  meeting: {
    title: 'Sync with another laptop',
    address: 'Address of the other laptop',
    button: 'Sync',
    running: (done, of) => `${count(done)} of ${count(of)} entries moved…`,
    finished: (name, n) => `${name} has the same. ${count(n)} entries moved.`,
    filesMoved: (done, of) => `Files: ${count(done)} of ${count(of)}`,
    failed: 'It was not completed. What has arrived stays.',
  },
  meetingFailures: {
    not_paired: 'The other laptop does not know this one. Ask there for a code for a manager.',
    revoked: 'The other laptop removed this one. Ask there for a new code.',
    code_refused:
      'The other laptop does not accept this code: it was used or is too old. Ask for another.',
    other_project: 'The other laptop belongs to another project.',
    unreachable:
      'The other laptop could not be reached. Is it on the same wifi, with the program running?',
    timeout: 'The other laptop took too long to answer.',
    certificate_refused:
      'The other laptop’s certificate is not the one that was known. Ask there for a new code.',
    url_refused: 'This is not the address of a laptop nearby, such as https://10.42.0.1:8443.',
    authority_unreadable: 'The other laptop’s certificate could not be read.',
    stuck: 'The two laptops did not end with the same. Try again.',
    busy: 'The laptop is busy. Try again in a moment.',
    too_many_attempts: 'Too many attempts. Wait a minute.',
    disk_reserve: 'The disk of one of the laptops is full.',
    hash_wrong: 'A file is damaged on the other laptop. The others arrived.',
    media_unknown: 'A file was no longer on the other laptop. The others arrived.',
    file_unreadable: 'A file could not be read. The others arrived.',
    length_differs: 'A file has another size on each laptop. The others arrived.',
    body_too_large: 'A file is too large. The others arrived.',
  },
  import: importing,
  access,
  members,
  invite,
  custody,
  clock,
  files,
  devices,
  workspace,
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
