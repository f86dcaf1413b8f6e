import { expect, test } from 'vitest';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { pt } from '../../strings/pt';
import { membersOf } from '../dashboard/members';
import type { DeviceRow, PairingItem } from '../../api/types';
import { awaitedText, hereText, lossText, owedText, standingText } from './standing';

const now_ms = Date.parse('2026-03-01T11:05:00Z');
const english = { words: en, code: 'en' };
const pairing: PairingItem = {
  device: 'aa',
  name: 'Nélida',
  role: 'monitor',
  paired_at: '2026-03-01T10:00:00Z',
  aside: false,
  origin: 'https://10.42.0.1:8443',
};
const complete: DeviceRow = {
  device: 'aa',
  writers: ['log1'],
  name: 'Nélida',
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
const missing: DeviceRow = {
  ...complete,
  standing: 'missing',
  photos: { named: 30, here: 22 },
  missing_bytes: 1_900_000,
};
const unknown: DeviceRow = { ...complete, standing: 'unknown', told_at: null };

test('what is here and what is not are said with the same words everywhere', () => {
  expect(hereText(missing, english)).toBe('19 observations · photos 22 of 30');
  expect(owedText(missing, english)).toBe('8 photos (1.9 MB)');
  expect(standingText(missing, english)).toEqual({
    tone: 'wait',
    text: 'Not here yet: 8 photos (1.9 MB)',
  });
  expect(lossText(missing, english)).toContain('8 photos (1.9 MB)');
  expect(awaitedText(membersOf([missing]), now_ms, english)).toEqual([
    { tone: 'wait', text: 'Wait for \u2068Nélida\u2069 (8 photos).' },
  ]);
});

test.each([missing, unknown])(
  'green is said of nobody who has not told all or brought all',
  (one) => {
    for (const [words, code] of [
      [en, 'en'],
      [es, 'es'],
      [pt, 'pt'],
    ] as const) {
      expect(standingText(one, { words, code }).tone).not.toBe('good');
      const said = awaitedText(membersOf([one, complete]), now_ms, { words, code });
      expect(said.some(({ tone }) => tone === 'good')).toBe(false);
    }
  },
);

test('green is said with the time up to which it holds', () => {
  const { tone, text } = standingText(complete, english);
  expect(tone).toBe('good');
  expect(text).toMatch(/\d\d:\d\d/);
  expect(awaitedText(membersOf([complete]), now_ms, english)).toEqual([
    { tone: 'good', text: 'Everything that the phones told of is here.' },
  ]);
});

test('where there is no phone nothing is said, and many are counted', () => {
  expect(awaitedText([], now_ms, english)).toEqual([]);
  const many = Array.from({ length: 7 }, (_, n) => ({ ...missing, device: `${n}`, name: `P${n}` }));
  const [said] = awaitedText(membersOf(many), now_ms, english);
  expect(said?.text).toContain('3 more phones');
});
