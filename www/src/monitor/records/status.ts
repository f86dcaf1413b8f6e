/** The sync status as one true sentence. */
import { problemWords } from '../../components/problem';
import type { SyncStatus } from '../../api/types';
import type { Words } from '../../strings/es';
import { fullMoment, shortMoment } from '../../time/moment';

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
      if (at === null) return words.sync.syncedNever;
      return status.files.waiting > 0 ? words.sync.recordsSynced(at) : words.sync.synced(at);
    case 'away':
      return at === null ? words.sync.awayNever : words.sync.awaySince(at);
    case 'failed':
      return failedSentence(status.problem?.code ?? '', words);
  }
}

/** What both clocks say, if they differ. */
export function clockSentence(status: SyncStatus, words: Words, language: string): string | null {
  if (status.clocks === undefined) return null;
  const [phone, laptop] = [status.clocks.phone, status.clocks.laptop].map((time) =>
    fullMoment(time, language),
  ) as [string, string];
  return status.clocks.is_now
    ? words.sync.clocksDiffer(phone, laptop)
    : words.sync.clockWentBack(phone, laptop);
}

/** How many files are still to be sent. */
export function filesSentence(status: SyncStatus, words: Words): string | null {
  const { photos, others } = status.files;
  return photos + others > 0 ? words.sync.filesWaiting(photos, others) : null;
}

/** Why files do not go, in words; `null` if nothing is wrong with them. */
export function filesProblem(status: SyncStatus, words: Words): string | null {
  const problem = status.files.problem;
  if (problem === undefined) return null;
  return problemWords(problem, words);
}

/** Whether the laptop has put this phone out, so that only a new pairing helps. */
export function isPutOut(status: SyncStatus): boolean {
  return (
    status.phase === 'failed' && ['revoked', 'not_paired'].includes(status.problem?.code ?? '')
  );
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
