/** Home folders for Chromium, which keeps there which certificate authorities it trusts. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './folder.mjs';

const run = promisify(execFile);

/** An empty home: it trusts what Chromium trusts by itself. */
export function strangersHome(t) {
  return temporaryFolder(t, 'home');
}

/** A home that trusts these authorities, which are files. */
export async function homeThatTrusts(t, ...authorities) {
  const home = await strangersHome(t);
  for (const authority of authorities) await trust(home, authority);
  return home;
}

/**
 * What a person does in the settings of a phone: from its next start on, the browser trusts this
 * authority.
 */
export async function trust(home, authority) {
  const folder = join(home, '.pki', 'nssdb');
  await mkdir(folder, { recursive: true });
  const database = ['-d', `sql:${folder}`];
  if (!existsSync(join(folder, 'cert9.db'))) {
    await run('certutil', ['-N', ...database, '--empty-password']);
  }
  await run('certutil', ['-A', ...database, '-n', authority, '-t', 'C,,', '-i', authority]);
}
