/** A folder that lives as long as a test: nothing that a test writes outlives it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './ending.mjs';

export async function temporaryFolder(t, name) {
  const folder = await mkdtemp(join(tmpdir(), `chasqui-${name}-`));
  atEnd(t, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
