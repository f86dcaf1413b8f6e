import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { pt } from '../../strings/pt';

const protocol = readFileSync(new URL('../../../../docs/PROTOCOL.md', import.meta.url), 'utf8');

test('every notice that the protocol names has words in every language', () => {
  const [, list] = /\* `notices`[\s\S]*?[Cc]odes\s([\s\S]*?)\.\s/.exec(protocol) ?? [];
  const codes = [...(list ?? '').matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, code]) => code!);
  expect(codes).toContain('clock_off');
  for (const words of [es, pt, en]) {
    expect(codes.filter((code) => !Object.hasOwn(words.manager.noticeTexts, code))).toEqual([]);
  }
});
