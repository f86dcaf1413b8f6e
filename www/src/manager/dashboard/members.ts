/**
 * The devices as the page lists them, and what of them is still to come. Everything that is said of
 * a device is computed by the laptop; here it is only put in order. Nothing is kept.
 */
import type { DeviceRow } from '../../api/types';

export interface Member extends DeviceRow {
  /** The device, or its log as long as nobody knows whose it is. */
  key: string;
}

/** Seen so lately, a phone is near: the manager can wait for it. */
const near_ms = 10 * 60_000;

/** Those who may sync first, as the laptop orders them; those revoked at the end. */
export function membersOf(devices: readonly DeviceRow[]): Member[] {
  const members = devices.map((one) => ({ ...one, key: one.device ?? one.writers[0] ?? '' }));
  const rank = ({ pairing }: Member) => (pairing?.revoked_at === undefined ? 0 : 1);
  return members.sort((a, b) => rank(a) - rank(b));
}

/** A phone is paired by a page; a laptop asks by itself, so no page has an origin to tell. */
export function isLaptop({ pairing }: DeviceRow): boolean {
  return pairing !== null && pairing.origin === undefined;
}

/** What a device still has to bring, as far as it told. */
export interface Owed {
  photos: number;
  others: number;
  bytes: number;
  /** Observations and corrections. */
  entries: number;
}

export function owedBy({ photos, other_files, missing_bytes, entries }: DeviceRow): Owed {
  return {
    photos: photos.named - photos.here,
    others: other_files.named - other_files.here,
    bytes: missing_bytes,
    entries: entries.missing,
  };
}

/**
 * Whom the manager is to wait for, who has to come back, and of whom nothing is known. Those
 * revoked bring nothing.
 */
export interface Awaited {
  near: Member[];
  away: Member[];
  unknown: Member[];
}

export function awaitedOf(members: readonly Member[], now_ms: number): Awaited {
  const active = members.filter(
    ({ pairing }) => pairing !== null && pairing.revoked_at === undefined,
  );
  const isNear = ({ seen_at }: Member) =>
    seen_at !== null && now_ms - Date.parse(seen_at) < near_ms;
  const owing = active.filter(({ standing }) => standing === 'missing');
  return {
    near: owing.filter(isNear),
    away: owing.filter((one) => !isNear(one)),
    unknown: active.filter(({ standing }) => standing === 'unknown'),
  };
}
