import { expect, test } from 'vitest';
import { draftFrom, emptyDraft, newKey, parsed, toDraft } from './draft';
import type { PhoneView } from '../../api/types';

const draft = { ...emptyDraft('a1', new Date(0)), category: 'fire', note: ' humo ' };

test('what is stored has no stray blanks, and nothing that only the form knows', () => {
  const { key: _, ...fields } = draft;
  expect(toDraft({ ...draft, removed: ['ab'], place_ms: 5, order: 7 })).toEqual({
    ...fields,
    note: 'humo',
    draft_key: 'a1',
  });
});

test('a correction says which version the person saw', () => {
  const view = {
    record: 'r',
    winner: 'v',
    category: 'fire',
    note: '',
    observed_at: '',
    answers: {},
  };
  expect(toDraft(draftFrom('k', view as unknown as PhoneView))).toMatchObject({
    base: 'v',
    draft_key: 'k',
  });
});

test.each([
  '{"category":',
  '7',
  'null',
  '{"category":7,"note":"","observed_at":""}',
  '{"category":"","note":"","observed_at":""}',
])('what cannot be read is no draft: %s', (text) => expect(parsed(text)).toBeNull());

test('a draft is read as it was kept', () => {
  expect(parsed(JSON.stringify(draft))).toEqual(draft);
});

test('each draft has a name of its own', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});
