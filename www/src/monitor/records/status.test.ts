import { expect, test } from 'vitest';
import type { Code, SyncStatus } from '../../api/types';
import { en } from '../../strings/en';
import { es } from '../../strings/es';
import { pt } from '../../strings/pt';
import { clockSentence, filesProblem, filesSentence, isPutOut, statusSentence } from './status';

const status = (known: Partial<SyncStatus>): SyncStatus => ({
  phase: 'failed',
  done: 0,
  total: 0,
  waiting: 0,
  paired: true,
  tried: [],
  files: {
    waiting: 0,
    waiting_bytes: 0,
    photos: 0,
    others: 0,
    sending: [],
    done: 0,
    total: 0,
    done_bytes: 0,
    total_bytes: 0,
  },
  ...known,
});
const failed = (code: Code) => status({ problem: { code, message: '', retryable: false } });
const say = (of: SyncStatus) => statusSentence(of, es, 'es');

test.each([
  ['revoked', 'Coordinación retiró este teléfono', true],
  ['not_paired', 'La laptop no conoce este teléfono', true],
  ['other_laptop', 'Aquí responde otra laptop, no la tuya', false],
  ['hello_unproven', 'Aquí responde otra laptop, no la tuya', false],
  ['storage_full', 'Este teléfono no pudo guardar lo que llegó', false],
  ['laptop_full', 'La laptop respondió con un problema', false],
] as [Code, string, boolean][])('of %s it is said who failed', (code, sentence, out) => {
  expect(say(failed(code))).toBe(sentence);
  expect(isPutOut(failed(code))).toBe(out);
});

test('files are counted while a laptop is there, and not all is there before they are', () => {
  const met_at = new Date(2019, 2, 1, 14, 32).toISOString();
  const with_files = (phase: SyncStatus['phase'], photos: number, others = 0) => {
    const files = { ...status({}).files, waiting: photos + others, photos, others };
    return status({ phase, met_at, files });
  };
  expect(filesSentence(with_files('synced', 1), es)).toBe('Falta enviar 1 foto');
  expect(filesSentence(with_files('syncing', 5), es)).toBe('Falta enviar 5 fotos');
  const both = 'Falta enviar 2 fotos y 1 sonido o video';
  expect(filesSentence(with_files('synced', 2, 1), es)).toBe(both);
  expect(filesSentence(with_files('synced', 0), es)).toBeNull();
  expect(filesSentence(with_files('away', 5), es)).toBe('Falta enviar 5 fotos');
  expect(say(with_files('synced', 5))).toContain('Las observaciones están en la laptop');
  expect(say(with_files('synced', 0))).toContain('Todo está en la laptop');
});

test('why files wait is told in words, in general ones where there are none for the code', () => {
  const because = (code: Code) => {
    const problem = { code, message: 'no room', retryable: true };
    return filesProblem(status({ files: { ...status({}).files, problem } }), es);
  };
  expect(because('disk_reserve')).toContain('El disco de la laptop está lleno');
  expect(because('new_code' as Code)).toBe(es.problems.unknown);
  expect(filesProblem(status({}), es)).toBeNull();
});

test('progress is told in numbers, and the time of a meeting only if there was one', () => {
  expect(say(status({ phase: 'syncing', done: 120, total: 340 }))).toBe('Sincronizando 120 de 340');
  expect(say(status({ phase: 'away' }))).toBe('Este teléfono aún no encontró una laptop');
  const met_at = new Date(2019, 2, 1, 14, 32).toISOString();
  expect(say(status({ phase: 'away', met_at }))).toContain('desde 1 mar 2019, 14:32');
});

test.each([
  ['es', es, 'este teléfono dice', 'la laptop dice'],
  ['pt', pt, 'este celular diz', 'o notebook diz'],
  ['en', en, 'this phone says', 'the laptop says'],
] as const)(
  'clocks that differ are both named, with the year, in %s',
  (code, words, phone, laptop) => {
    const clocks = { phone: '2021-01-03T12:00:00Z', laptop: '2026-11-27T12:00:00Z', is_now: true };
    const now = clockSentence(status({ clocks }), words, code) ?? '';
    expect(now).toContain(phone);
    expect(now).toContain(laptop);
    expect(now).toMatch(/2021.*2026/);
    const back = clockSentence(status({ clocks: { ...clocks, is_now: false } }), words, code) ?? '';
    expect(back).toMatch(/2021.*2026/);
    expect(back).not.toBe(now);
    expect(clockSentence(status({}), words, code)).toBeNull();
  },
);
