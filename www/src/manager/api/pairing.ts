/** Who was let in, and codes for letting in, as the API tells them. Names are those on the wire. */
import type { Readiness } from '../../readiness/report';

export type Role = 'monitor' | 'manager';
export const roles: readonly Role[] = ['monitor', 'manager'];

export interface Pairing {
  device: string;
  /** Who holds the device. */
  name: string;
  role: Role;
  paired_at: string;
  seen_at?: string;
  revoked_at?: string;
  /** Of the page that asked to be let in; absent where no page did, as with another laptop. */
  origin?: string;
  /** What the phone last said of itself; absent until it did. */
  readiness?: Readiness;
  /** When it said so, by the laptop's clock. */
  readiness_at?: string;
  /** Whether what it recorded is set aside: kept, and neither listed nor counted. */
  aside?: boolean;
}

export interface OpenCode {
  id: number;
  role: Role;
  expires_at: string;
}

export interface PairingList {
  items: Pairing[];
  codes: OpenCode[];
}

/** A code as it is shown to a phone, told once. */
export interface Offer extends OpenCode {
  /** `ABCD-EFGH` */
  code: string;
  link: string;
  /** The same for each address of the laptop, best first. */
  links: string[];
  /** As a QR code that only the app reads: a phone's camera finds no address in it. */
  svg: string;
  /** Where a phone begins that has no app yet; absent where the laptop answers no plain http. */
  onboarding?: { address: string; svg: string };
}

/** Who was let in, or let in again, between two lists. */
export function newcomer(before: readonly Pairing[], now: readonly Pairing[]): Pairing | null {
  const known = new Map(before.map(({ device, paired_at }) => [device, paired_at]));
  return now.find(({ device, paired_at }) => known.get(device) !== paired_at) ?? null;
}

/** Minutes and whole seconds, `9:05`; never below zero. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
