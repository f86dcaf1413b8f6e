import { expect, test } from 'vitest';
import type { View } from '../api/types';
import { whoOf } from './who';

const view = (fields: Partial<View>) => ({ author: 'rosa', ...fields }) as View;

test('who saw it is the author of the first version, and who corrected it is told apart', () => {
  expect(whoOf(view({ observer: 'rosa' }))).toMatchObject({ observer: 'rosa', corrector: null });
  expect(whoOf(view({ observer: 'rosa', author: 'wilmer' }))).toMatchObject({
    observer: 'rosa',
    corrector: 'wilmer',
  });
});

test('what was taken in from a file was seen by nobody that is known', () => {
  const taken = whoOf(view({ observer: 'laptop', author: 'laptop', source: 'lago.csv' }));
  expect(taken).toEqual({ observer: null, source: 'lago.csv', takenBy: 'laptop', corrector: null });
});

test('nobody is named where the first version is not held', () => {
  expect(whoOf(view({}))).toMatchObject({ observer: null, corrector: 'rosa' });
});
