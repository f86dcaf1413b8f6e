import { expect, test } from 'vitest';
import type { SyncStatus } from '../engine/api';
import { es } from '../strings/es';
import { isPutOut, statusSentence } from './status';

const status = (known: Partial<SyncStatus>): SyncStatus => ({
  phase: 'failed',
  done: 0,
  total: 0,
  waiting: 0,
  paired: true,
  tried: [],
  files: { waiting: 0, waiting_bytes: 0, done: 0, total: 0, done_bytes: 0, total_bytes: 0 },
  ...known,
});
const failed = (code: string) => status({ problem: { code, message: '', retryable: false } });
const say = (of: SyncStatus) => statusSentence(of, es, 'es');

test.each([
  ['revoked', 'Coordinación retiró este teléfono', true],
  ['not_paired', 'La laptop no conoce este teléfono', true],
  ['other_laptop', 'Aquí responde otra laptop, no la tuya', false],
  ['hello_unproven', 'Aquí responde otra laptop, no la tuya', false],
  ['storage_full', 'Este teléfono no pudo guardar lo que llegó', false],
  ['disk_full', 'La laptop respondió con un problema', false],
])('of %s it is said who failed', (code, sentence, out) => {
  expect(say(failed(code))).toBe(sentence);
  expect(isPutOut(failed(code))).toBe(out);
});

test('progress is told in numbers, and the time of a meeting only if there was one', () => {
  expect(say(status({ phase: 'syncing', done: 120, total: 340 }))).toBe('Sincronizando 120 de 340');
  expect(say(status({ phase: 'away' }))).toBe('Este teléfono aún no encontró una laptop');
  const met_at = new Date(2019, 2, 1, 14, 32).toISOString();
  expect(say(status({ phase: 'away', met_at }))).toContain('desde 1 mar 2019, 14:32');
});
