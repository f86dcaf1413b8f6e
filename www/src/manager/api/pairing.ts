/** Who was let in, and codes for letting in. */
import type { PairingItem, Role } from '../../api/types';

export const roles: readonly Role[] = ['monitor', 'manager'];

/** Who was let in, or let in again, between two lists. */
export function newcomer(
  before: readonly PairingItem[],
  now: readonly PairingItem[],
): PairingItem | null {
  const known = new Map(before.map(({ device, paired_at }) => [device, paired_at]));
  return now.find(({ device, paired_at }) => known.get(device) !== paired_at) ?? null;
}

/** Minutes and whole seconds, `9:05`; never below zero. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
