/**
 * Each device once: what is known of it by its pairing, and by the logs that came from it.
 *
 * Computed, never kept.
 */
import type { Pairing, Role } from './pairing';
import type { Peer } from './wire';

export interface Member {
  /** The device, or the log as long as nobody knows whose it is. */
  key: string;
  device: string | null;
  name: string | null;
  role: Role;
  /** `null` where it was not let in here: its entries came by way of another. */
  pairing: Pairing | null;
  seen_at: string | null;
  /** Entries, over all its logs. */
  received: number;
  announced: number;
  missing: number;
  /** Entries of others that it lacked when it last asked. */
  lacking: number;
  clock_offset_ms: number;
}

/** Those who may sync first, the last seen before the others; those revoked at the end. */
export function membersOf(pairings: readonly Pairing[], peers: readonly Peer[]): Member[] {
  const logs = new Map<string, Peer[]>(pairings.map(({ device }) => [device, []]));
  for (const peer of peers) {
    const key = peer.device ?? peer.writer;
    logs.set(key, [...(logs.get(key) ?? []), peer]);
  }
  const paired = new Map(pairings.map((pairing) => [pairing.device, pairing]));
  const members = [...logs].map(([key, own]) => memberOf(key, paired.get(key) ?? null, own));
  return members.sort((a, b) => rank(a) - rank(b) || instant(b.seen_at) - instant(a.seen_at));
}

/** A phone is let in by a page; a laptop asks by itself, so no page has an origin to tell. */
export function isLaptop({ pairing }: Member): boolean {
  return pairing !== null && pairing.origin === undefined;
}

function memberOf(key: string, pairing: Pairing | null, peers: Peer[]): Member {
  const sum = (of: (peer: Peer) => number) => peers.reduce((total, peer) => total + of(peer), 0);
  const [last] = [...peers].sort((a, b) => instant(b.last_seen) - instant(a.last_seen));
  const times = [pairing?.seen_at ?? null, last?.last_seen ?? null];
  const [seen_at] = times.sort((a, b) => instant(b) - instant(a));
  return {
    key,
    device: pairing?.device ?? last?.device ?? null,
    name: pairing?.name ?? peers.find(({ name }) => name !== null)?.name ?? null,
    role: pairing?.role ?? last?.role ?? 'monitor',
    pairing,
    seen_at: seen_at ?? null,
    received: sum(({ received }) => received),
    announced: sum(({ announced }) => announced),
    missing: sum(({ missing }) => missing),
    lacking: last?.lacking ?? 0,
    clock_offset_ms: last?.clock_offset_ms ?? 0,
  };
}

const rank = ({ pairing }: Member) => (pairing?.revoked_at === undefined ? 0 : 1);
/** As text, times with and without fractions of a second would not compare. */
const instant = (at: string | null) => (at === null ? 0 : Date.parse(at));
