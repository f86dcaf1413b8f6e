/** Home folders for Chromium, which keeps there which certificate authorities it trusts. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './folder.mjs';

const run = promisify(execFile);

/** An empty home: it trusts what Chromium trusts by itself. */
export function strangersHome(t) {
  return temporaryFolder(t, 'home');
}

export async function homeThatTrusts(t, authority) {
  const home = await strangersHome(t);
  const folder = join(home, '.pki', 'nssdb');
  await mkdir(folder, { recursive: true });
  const database = ['-d', `sql:${folder}`];
  await run('certutil', ['-N', ...database, '--empty-password']);
  await run('certutil', ['-A', ...database, '-n', 'Chasqui', '-t', 'C,,', '-i', authority]);
  return home;
}
