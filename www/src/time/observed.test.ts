// An imported 2026-01-01 was shown as 31 December in America, and one that was corrected there
// became an instant.
import { afterEach, describe, expect, it } from 'vitest';
import {
  fromObservedInput,
  fullObserved,
  observedDay,
  observedMs,
  observedNow,
  dayHeading,
  dayHere,
  observedTime,
  shortObserved,
  toObservedInput,
} from './observed';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

// From -12 to +14, with halves and quarters of an hour.
const zones = [
  'Etc/GMT+12',
  'Pacific/Marquesas',
  'America/Lima',
  'America/Santiago',
  'UTC',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

describe.each(zones)('in %s', (name) => {
  const here = (act: () => void) => () => {
    process.env.TZ = name;
    act();
  };

  it(
    'a day is that day, read, called, typed and saved',
    here(() => {
      expect(fullObserved('2026-01-01', 'es')).toBe('1 ene 2026');
      expect(shortObserved('2026-01-01', 'es', new Date(2026, 4, 2, 0, 5))).toBe('1 ene');
      expect(shortObserved('2026-01-01', 'es', new Date(2026, 0, 1, 23, 55))).toBe('hoy');
      expect(shortObserved('2026-01-01', 'pt', new Date(2026, 0, 2, 0, 5))).toBe('ontem');
      expect(observedDay('2026-01-01')).toBe('2026-01-01');
      expect(toObservedInput('2026-01-01')).toBe('2026-01-01');
      expect(fromObservedInput('2026-01-02', '2026-01-01')).toBe('2026-01-02');
    }),
  );

  it(
    'a moment is told by the clock that it was read from',
    here(() => {
      const seen = '2025-12-31T23:30:00-05:00';
      expect(fullObserved(seen, 'es')).toMatch(/^31 dic 2025, 23:30/);
      expect(fullObserved(seen, 'es').endsWith('(UTC−5)')).toBe(name !== 'America/Lima');
      expect(observedDay(seen)).toBe('2025-12-31');
      expect(toObservedInput(seen)).toBe('2025-12-31T23:30');
      expect(fromObservedInput('2025-12-31T23:45', seen)).toBe('2025-12-31T23:45:00-05:00');
    }),
  );

  it(
    'a moment of this device keeps the offset of its clock',
    here(() => {
      const now = new Date(Date.UTC(2026, 2, 1, 7, 5, 9, 120));
      expect(Date.parse(observedNow(now))).toBe(now.getTime());
      expect(observedNow(now)).toMatch(/[+-]\d\d:\d\d$/);
      const typed = fromObservedInput('2026-07-01T07:05', '2026-01-01')!;
      expect(Date.parse(typed)).toBe(new Date(2026, 6, 1, 7, 5).getTime());
      expect(toObservedInput(typed)).toBe('2026-07-01T07:05');
    }),
  );
});

it('what is no time is null, or shown as it is', () => {
  expect(fromObservedInput('', '2026-01-01')).toBeNull();
  expect(fromObservedInput('ayer', '2026-01-01')).toBeNull();
  expect(fromObservedInput('2026-02-31', '2026-01-01')).toBeNull();
  expect(shortObserved('ayer', 'es')).toBe('ayer');
});

it('a day is ordered by its noon, as the engine does', () => {
  expect(observedMs('2026-01-01')).toBe(Date.UTC(2026, 0, 1, 12));
  expect(observedMs('2026-01-01T07:00:00-05:00')).toBe(Date.UTC(2026, 0, 1, 12));
});

it.each([
  ['es', ['Hoy', 'Ayer', 'Vie, 27 feb', '31 dic 2025']],
  ['pt', ['Hoje', 'Ontem', 'Sex, 27 fev', '31 dez 2025']],
  ['en', ['Today', 'Yesterday', 'Fri, Feb 27', 'Dec 31, 2025']],
])('a day is called by its name: %s', (language, names) => {
  const days = ['2026-03-01', '2026-02-28', '2026-02-27', '2025-12-31'];
  expect(days.map((day) => dayHeading(day, '2026-03-01', language))).toEqual(names);
  expect(dayHeading('', '2026-03-01', language)).toBe('');
});

it('the time of a day is that of the clock that it was read from, and none where none was said', () => {
  expect(observedTime('2026-03-01T23:05:00-05:00', 'es')).toBe('23:05');
  expect(observedTime('2026-03-01', 'es')).toBe('');
  expect(observedTime('ayer', 'es')).toBe('');
  expect(dayHere(new Date(2026, 2, 1, 23, 59))).toBe('2026-03-01');
});
