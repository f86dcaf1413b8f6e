import { expect, test } from 'vitest';
import { titleOf } from './title';

const calm = { page: 'Coordination', problem: null, awaited: [], listed: null, filtered: null };

test('the title says first what wants the manager', () => {
  expect(titleOf(calm)).toBe('Coordination · Chasqui');
  expect(titleOf({ ...calm, listed: '3 observations', filtered: 'Filters' })).toBe(
    '3 observations (Filters) · Coordination · Chasqui',
  );
  expect(
    titleOf({ ...calm, problem: 'Reconnecting…', awaited: ['Wait for Nélida (8 photos).'] }),
  ).toBe('Reconnecting… · Wait for Nélida (8 photos). · Coordination · Chasqui');
});
