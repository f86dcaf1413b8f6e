import { expect, test } from 'vitest';
import { filterQuery, isFiltering, noFilters } from './filters';

test('no filters ask for everything', () => {
  expect(filterQuery(noFilters).toString()).toBe('');
  expect(isFiltering({ ...noFilters, text: '  ' })).toBe(false);
});

test('each filter becomes its query', () => {
  const query = filterQuery({
    category: 'fire',
    text: ' humo ',
    from: '2026-03-01',
    to: '2026-03-02',
    conflicts: true,
    mediaMissing: true,
  });
  expect([...query.keys()].sort()).toEqual([
    'category',
    'conflicts',
    'from',
    'media',
    'text',
    'to',
    'zone',
  ]);
  expect([query.get('from'), query.get('to')]).toEqual(['2026-03-01', '2026-03-02']);
  expect(query.get('text')).toBe('humo');
  expect(query.get('conflicts')).toBe('true');
  expect(query.get('media')).toBe('missing');
});
