/** The sync status as one true sentence. */
import type { SyncStatus } from '../engine/api';
import type { Words } from '../strings/es';
import { shortMoment } from '../time/moment';

export function statusSentence(status: SyncStatus, words: Words, language: string): string {
  const at = status.met_at === undefined ? null : shortMoment(status.met_at, language);
  switch (status.phase) {
    case 'unpaired':
      return words.sync.unpaired;
    case 'looking':
      return words.sync.looking;
    case 'syncing':
      return words.sync.syncing(status.done, status.total);
    case 'synced':
      return at === null ? words.sync.syncedNever : words.sync.synced(at);
    case 'away':
      return at === null ? words.sync.awayNever : words.sync.awaySince(at);
    case 'failed':
      return failedSentence(status.problem?.code ?? '', words);
  }
}

/** Whether the laptop has put this phone out, so that only a new pairing helps. */
export function isPutOut(status: SyncStatus): boolean {
  return status.phase === 'failed' && ['revoked', 'not_paired'].includes(status.problem?.code ?? '');
}

/** Who failed: the phone, the laptop, or somebody who is not the laptop. */
function failedSentence(code: string, words: Words): string {
  if (code === 'revoked') return words.sync.revoked;
  if (code === 'not_paired') return words.sync.notPaired;
  if (['other_laptop', 'other_project', 'hello_unproven'].includes(code)) return words.sync.strange;
  if (code.startsWith('storage_') || ['log_moved', 'memory_full'].includes(code)) {
    return words.sync.phoneFailed;
  }
  return words.sync.failed;
}
