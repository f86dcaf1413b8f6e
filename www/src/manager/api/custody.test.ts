import type { VersionCustody } from '../../api/types';
import { expect, test } from 'vitest';
import { verdictOf } from './custody';

const version: VersionCustody = {
  version: '01',
  author: 'aa',
  author_name: 'Rosa',
  role: 'monitor',
  written_at: '2026-03-01T10:00:00Z',
  observed_at: '2026-03-01T10:00:00Z',
  change: 'edit',
  writer: 'log1',
  seq: 1,
  chain_whole: true,
  id_whole: true,
  signature: 'valid',
};
const custody = (versions: VersionCustody[], whole = true) => ({ record: 'r', versions, whole });

test('a record is whole when everything holds', () => {
  expect(verdictOf(custody([version, version]))).toMatchObject({ whole: true, holding: 2, of: 2 });
});

test.each([{ signature: 'invalid' }, { chain_whole: false }, { id_whole: false }] as const)(
  'one version with %j makes the record not whole, whatever the sum says',
  (fault) => {
    const versions = [version, { ...version, ...fault }];
    expect(verdictOf(custody(versions))).toMatchObject({ whole: false, holding: 1, of: 2 });
  },
);

test('the laptop can find a fault that no single version shows', () => {
  expect(verdictOf(custody([version], false))).toMatchObject({ whole: false, holding: 1, of: 1 });
});

test('whoever wrote the first version recorded it, however many followed', () => {
  const later = { ...version, author_name: 'Luis', written_at: '2026-03-02T10:00:00Z' };
  expect(verdictOf(custody([later, version]))?.recorded?.version.author_name).toBe('Rosa');
});

test('a version that cannot be read tells of nobody, and does not hold', () => {
  const { author: _, author_name: __, written_at: ___, ...rest } = version;
  const torn: VersionCustody = { ...rest, id_whole: false };
  const verdict = verdictOf(custody([version, torn], false));
  expect(verdict).toMatchObject({ whole: false, holding: 1, of: 2 });
  expect(verdict?.recorded?.version).toBe(version);
  expect(verdictOf(custody([torn], false))?.recorded).toBeNull();
});

test('what has no version has no verdict', () => expect(verdictOf(custody([]))).toBeNull());

test('who began it is not said of a page that does not reach its beginning', () => {
  const verdict = verdictOf({ ...custody([version, version]), next: 'v' });
  expect(verdict).toMatchObject({ whole: true, of: 2, recorded: null });
});
