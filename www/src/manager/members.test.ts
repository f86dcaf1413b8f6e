import { expect, test } from 'vitest';
import { isLaptop, membersOf } from './members';
import type { Pairing } from './pairing';
import type { Peer } from './wire';

const rosa: Pairing = {
  device: 'aa',
  name: 'Rosa',
  role: 'monitor',
  paired_at: '2026-03-01T10:00:00Z',
  seen_at: '2026-03-01T11:00:00Z',
  origin: 'https://10.42.0.1:8443',
};
const log: Peer = {
  writer: 'log1',
  device: 'aa',
  name: null,
  role: 'monitor',
  last_seen: '2026-03-01T11:00:00.5Z',
  received: 3,
  announced: 5,
  missing: 2,
  pulled: 0,
  lacking: 1,
};

test('a pairing and the logs of its device are one member', () => {
  const lost = { ...log, writer: 'log0', last_seen: '2026-02-01T11:00:00Z', lacking: 40 };
  expect(membersOf([rosa], [lost, log])).toMatchObject([
    { key: 'aa', name: 'Rosa', received: 6, announced: 10, missing: 4, lacking: 1 },
  ]);
});

test('the latest of both times of being seen is told, with and without fractions', () => {
  expect(membersOf([rosa], [log])[0]?.seen_at).toBe(log.last_seen);
  expect(membersOf([rosa], [{ ...log, last_seen: null }])[0]?.seen_at).toBe(rosa.seen_at);
});

test('a phone that was let in and brought nothing is listed', () => {
  expect(membersOf([rosa], [])).toMatchObject([{ name: 'Rosa', announced: 0, missing: 0 }]);
});

test('a log that nobody was let in for is listed, even before it is known whose it is', () => {
  const unknown = { ...log, writer: 'log9', device: null };
  const [one, two] = membersOf([], [log, unknown]);
  expect(one).toMatchObject({ key: 'aa', pairing: null });
  expect(two).toMatchObject({ key: 'log9', device: null, pairing: null });
});

test('those revoked come last, however lately they were seen', () => {
  const luis = { ...rosa, device: 'bb', name: 'Luis', revoked_at: '2026-03-02T00:00:00Z' };
  const late = { ...luis, seen_at: '2026-03-02T00:00:00Z' };
  expect(membersOf([late, rosa], []).map(({ name }) => name)).toEqual(['Rosa', 'Luis']);
});

test('what was let in without a page is a laptop', () => {
  const { origin: _, ...laptop } = rosa;
  expect(membersOf([laptop], []).map(isLaptop)).toEqual([true]);
  expect(membersOf([rosa], [{ ...log, device: 'cc' }]).map(isLaptop)).toEqual([false, false]);
});
