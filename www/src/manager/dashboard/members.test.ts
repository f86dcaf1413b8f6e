import { expect, test } from 'vitest';
import { awaitedOf, isLaptop, membersOf, owedBy } from './members';
import type { DeviceRow, PairingItem } from '../../api/types';

const now_ms = Date.parse('2026-03-01T11:05:00Z');
const pairing: PairingItem = {
  device: 'aa',
  name: 'Rosa',
  role: 'monitor',
  paired_at: '2026-03-01T10:00:00Z',
  aside: false,
  origin: 'https://10.42.0.1:8443',
};
const rosa: DeviceRow = {
  device: 'aa',
  writers: ['log1'],
  name: 'Rosa',
  role: 'monitor',
  pairing,
  seen_at: '2026-03-01T11:00:00Z',
  told_at: '2026-03-01T11:00:00Z',
  clock_offset_ms: null,
  standing: 'complete',
  observations: 19,
  entries: { here: 21, missing: 0 },
  photos: { named: 30, here: 30 },
  other_files: { named: 0, here: 0 },
  missing_bytes: 0,
  lacking: 0,
};
const owing: DeviceRow = {
  ...rosa,
  standing: 'missing',
  photos: { named: 30, here: 22 },
  missing_bytes: 1_900_000,
};
const revoked: PairingItem = { ...pairing, revoked_at: '2026-03-02T00:00:00Z' };

test('those revoked come last, the others as the laptop orders them', () => {
  const members = membersOf([
    { ...rosa, name: 'Luis', pairing: revoked },
    { ...rosa, name: 'Nélida' },
    rosa,
  ]);
  expect(members.map(({ name }) => name)).toEqual(['Nélida', 'Rosa', 'Luis']);
});

test('a log that nobody is known to own is told by the log', () => {
  expect(membersOf([{ ...rosa, device: null, writers: ['log9'] }])[0]?.key).toBe('log9');
});

test('what was paired without a page is a laptop', () => {
  const { origin: _, ...byProgram } = pairing;
  expect(isLaptop({ ...rosa, pairing: byProgram })).toBe(true);
  expect(isLaptop(rosa)).toBe(false);
  expect(isLaptop({ ...rosa, pairing: null })).toBe(false);
});

test('what a device still has to bring is what it named and what is not here', () => {
  expect(owedBy(owing)).toEqual({ photos: 8, others: 0, bytes: 1_900_000, entries: 0 });
  expect(owedBy({ ...rosa, entries: { here: 1, missing: 3 } }).entries).toBe(3);
});

test('the manager waits for who was seen lately, and for nobody who is revoked or was never paired', () => {
  const away = { ...owing, name: 'Luis', seen_at: '2026-02-27T11:00:00Z' };
  const never = {
    ...rosa,
    name: 'Ana',
    standing: 'unknown',
    seen_at: null,
    told_at: null,
  } as const;
  const members = membersOf([
    rosa,
    owing,
    away,
    never,
    { ...owing, pairing: revoked },
    { ...owing, pairing: null },
  ]);
  const { near, away: far, unknown } = awaitedOf(members, now_ms);
  expect(near.map(({ name }) => name)).toEqual(['Rosa']);
  expect(far.map(({ name }) => name)).toEqual(['Luis']);
  expect(unknown.map(({ name }) => name)).toEqual(['Ana']);
});
