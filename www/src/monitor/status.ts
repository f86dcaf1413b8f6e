/** The sync status as one true sentence. */
import type { SyncStatus } from '../engine/api';
import type { Words } from '../strings/es';
import { shortMoment } from '../time/moment';

export function statusSentence(status: SyncStatus, words: Words, language: string): string {
  const at = status.met_at === undefined ? null : shortMoment(status.met_at, language);
  switch (status.phase) {
    case 'looking':
      return words.sync.looking;
    case 'syncing':
      return words.sync.syncing(status.done, status.total);
    case 'synced':
      return at === null ? words.sync.syncedNever : words.sync.synced(at);
    case 'away':
      return at === null ? words.sync.awayNever : words.sync.awaySince(at);
    case 'failed':
      return words.sync.failed;
  }
}
