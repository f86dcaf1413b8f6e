/**
 * How a device is called in what a phone shows of a record: by the name that somebody gave it, else
 * by what is known of it.
 */
import type { Proof } from '../../api/types';
import type { Words } from '../../strings/es';

export interface KnownDevices {
  /** This phone. */
  own: string | undefined;
  /** Who saw the record, and their name where the list has it. */
  observer: string | undefined;
  observer_name: string | undefined;
  /** `null` until the record was looked at. */
  proof: Pick<Proof, 'names' | 'unnamed'> | null;
}

/** `kind` is said where only a laptop does what was done: to take records in from a file. */
export function deviceName(
  device: string,
  kind: 'laptop' | undefined,
  { own, observer, observer_name, proof }: KnownDevices,
  { detail }: Words,
): string {
  if (device === own) return detail.thisPhone;
  if (device === observer && observer_name !== undefined) return observer_name;
  if (proof === null) return '…';
  return proof.names[device] ?? (kind === 'laptop' ? detail.unnamedLaptop : detail.unnamedDevice);
}

/** Those that are called by no name, for whoever has to tell them apart. */
export function unnamedOf({ own, observer, observer_name, proof }: KnownDevices): string[] {
  const named = (device: string) =>
    device === own || (device === observer && observer_name !== undefined);
  return (proof?.unnamed ?? []).filter((device) => !named(device));
}
