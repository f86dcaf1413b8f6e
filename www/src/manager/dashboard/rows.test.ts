import { expect, test } from 'vitest';
import { rowsAfter, rowsWith } from './rows';
import type { Changes, LaptopView } from '../../api/types';

const row = (record: string, place_in_list: string): LaptopView =>
  ({ record, place_in_list }) as LaptopView;
const changes = (items: LaptopView[], removed: string[] = []): Changes => ({
  items,
  removed,
  changes: 'm',
  more: false,
});
const shown = (rows: LaptopView[]) => rows.map(({ record }) => record).join('');

test('what came stands where the list has it, and what moved is there once', () => {
  const rows = [row('a', '1'), row('b', '3'), row('c', '5')];
  expect(shown(rowsAfter(rows, null, changes([row('n', '0')])))).toBe('nabc');
  expect(shown(rowsAfter(rows, null, changes([row('a', '4')])))).toBe('bac');
  expect(shown(rowsAfter(rows, null, changes([row('n', '9')], ['b'])))).toBe('acn');
});

test('what lies beyond the rows that were read is left to the next page', () => {
  const rows = [row('a', '1'), row('b', '3')];
  expect(shown(rowsAfter(rows, '3', changes([row('n', '4'), row('m', '2')])))).toBe('amb');
  expect(shown(rowsAfter(rows, '3', changes([row('a', '7')])))).toBe('b');
  expect(shown(rowsWith(rows, [row('a', '7'), row('d', '8')]))).toBe('bad');
});

test('any changes in any order give what a whole reading gives', () => {
  let seed = 1;
  const below = (limit: number) => (seed = (seed * 48271) % 2147483647) % limit;
  for (let round = 0; round < 200; round += 1) {
    const all = new Map<string, LaptopView>();
    let rows: LaptopView[] = [];
    for (let change = 0; change < 20; change += 1) {
      const record = String(below(8));
      const place = String(below(90) + 10) + record;
      if (below(4) === 0) {
        all.delete(record);
        rows = rowsAfter(rows, null, changes([], [record]));
      } else {
        all.set(record, row(record, place));
        rows = rowsAfter(rows, null, changes([row(record, place)]));
      }
      const whole = [...all.values()].sort((a, b) => (a.place_in_list < b.place_in_list ? -1 : 1));
      expect(rows, `round ${round}`).toEqual(whole);
    }
  }
});
