import { beforeEach, expect, test, vi } from 'vitest';
import { emptyDraft, keepDraft, keptDraft, letGoDraft, toDraft } from './draft';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
    removeItem: (key: string) => void stored.delete(key),
  });
});

const draft = { ...emptyDraft(new Date(0)), category: 'fire', note: ' humo ' };

test('a killed page finds its draft again, with the time it was begun', () => {
  keepDraft(null, draft);
  expect(keptDraft(null)).toEqual(draft);
});

test('the draft of a correction is apart from that of a new observation', () => {
  keepDraft('a1', draft);
  expect(keptDraft(null)).toBeNull();
  letGoDraft('a1');
  expect(keptDraft('a1')).toBeNull();
});

test('what cannot be read is no draft', () => {
  stored.set('chasqui.draft', '{"category":');
  expect(keptDraft(null)).toBeNull();
  stored.set('chasqui.draft', '{"category":7,"note":"","observed_at":""}');
  expect(keptDraft(null)).toBeNull();
});

test('a browser that refuses storage does not stop the form', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new Error('full');
    },
  });
  expect(() => keepDraft(null, draft)).not.toThrow();
  expect(keptDraft(null)).toBeNull();
});

test('the note is stored without stray blanks', () => {
  expect(toDraft(draft).note).toBe('humo');
});
