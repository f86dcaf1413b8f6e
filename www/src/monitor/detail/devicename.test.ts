import { expect, test } from 'vitest';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { pt } from '../../strings/pt';
import { deviceName, unnamedOf } from './devicename';

const [own, rosa, laptop, other] = ['01', '02', '03', '04'].map((byte) => byte.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const known = {
  own,
  observer: rosa,
  observer_name: 'Rosa',
  proof: { names: { [laptop]: 'Nauta' }, unnamed: [other, rosa, own] },
};

test.each([
  ['es', es, 'una laptop sin nombre'],
  ['pt', pt, 'um notebook sem nome'],
  ['en', en, 'a laptop without a name'],
])('whoever nobody named is called in words: %s', (_, words, unnamed) => {
  expect(deviceName(other, 'laptop', known, words)).toBe(unnamed);
  const all = [own, rosa, laptop, other].flatMap((device) => [
    deviceName(device, undefined, known, words),
    deviceName(device, 'laptop', known, words),
    deviceName(device, 'laptop', { ...known, proof: null }, words),
  ]);
  for (const name of all) expect(name).not.toMatch(/[0-9a-f]{8}/);
  expect(deviceName(rosa, undefined, known, words)).toBe('Rosa');
  expect(deviceName(laptop, undefined, known, words)).toBe('Nauta');
});

test('before it is known who wrote a record nobody is said to have no name', () => {
  expect(deviceName(other, undefined, { ...known, proof: null }, en)).toBe('…');
  expect(unnamedOf({ ...known, proof: null })).toEqual([]);
  expect(unnamedOf(known)).toEqual([other]);
});
