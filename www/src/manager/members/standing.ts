/**
 * What is said of devices, in the language of the page, from what the laptop says of them and from
 * nothing else.
 */
import type { Words } from '../../strings/es';
import { isolated } from '../../strings/isolated';
import { sizeText } from '../../strings/size';
import { shortMoment } from '../../time/moment';
import { awaitedOf, owedBy, type Member } from '../dashboard/members';
import type { DeviceRow } from '../../api/types';

/** So many are named; the others are counted. */
const names_max = 4;

export interface Said {
  tone: 'good' | 'wait' | 'calm';
  text: string;
}

type Language = { words: Words; code: string };

/** `8 photos, 1 audio or video file`; empty if nothing is missing. */
export function owedText(device: DeviceRow, { words, code }: Language, withSize = true): string {
  const { photos, others, entries, bytes } = owedBy(device);
  const of = words.manager.devices.owed;
  const parts = [
    ...(entries > 0 ? [of.entries(entries)] : []),
    ...(photos > 0 ? [of.photos(photos)] : []),
    ...(others > 0 ? [of.others(others)] : []),
  ];
  const size = withSize && bytes > 0 ? ` (${sizeText(bytes, code)})` : '';
  return new Intl.ListFormat(code).format(parts) + size;
}

/** `19 observations · photos 22 of 30`: what of a device is here. */
export function hereText(device: DeviceRow, { words }: Language): string {
  const of = words.manager.devices;
  const { observations, photos, other_files } = device;
  const parts = [of.observations(observations)];
  if (photos.named > 0) parts.push(of.photosHere(photos.here, photos.named));
  if (other_files.named > 0) parts.push(of.othersHere(other_files.here, other_files.named));
  return parts.join(' · ');
}

/** The one sentence on how a device stands. */
export function standingText(device: DeviceRow, language: Language): Said {
  const of = language.words.manager.devices;
  if (device.standing === 'missing') {
    return { tone: 'wait', text: of.missing(owedText(device, language)) };
  }
  if (device.standing === 'complete' && device.told_at !== null) {
    return { tone: 'good', text: of.complete(shortMoment(device.told_at, language.code)) };
  }
  return { tone: 'calm', text: device.pairing === null ? of.unknownElsewhere : of.unknown };
}

/** Whom to wait for, who has to come back, of whom nothing is known; above all phones. */
export function awaitedText(
  members: readonly Member[],
  now_ms: number,
  language: Language,
): Said[] {
  const of = language.words.manager.devices;
  const { near, away, unknown } = awaitedOf(members, now_ms);
  const active = members.some(
    ({ pairing }) => pairing !== null && pairing.revoked_at === undefined,
  );
  const name = (member: Member) => isolated(member.name ?? of.unnamed);
  const owing = (member: Member) => of.whom(name(member), owedText(member, language, false));
  const list = (some: Member[], tell: (one: Member) => string): string => {
    const named = some.slice(0, names_max).map(tell);
    if (some.length > names_max) named.push(of.andMore(some.length - names_max));
    return new Intl.ListFormat(language.code).format(named);
  };
  const said: Said[] = [];
  if (near.length > 0) said.push({ tone: 'wait', text: of.waitFor(list(near, owing)) });
  if (away.length > 0) said.push({ tone: 'wait', text: of.mustComeBack(list(away, owing)) });
  if (unknown.length > 0) said.push({ tone: 'calm', text: of.notKnown(list(unknown, name)) });
  if (active && said.length === 0) said.push({ tone: 'good', text: of.nothingAwaited });
  return said;
}

/** What stays behind when a device is revoked. */
export function lossText(device: DeviceRow, language: Language): string {
  const { loses } = language.words.manager.devices;
  if (device.standing === 'missing') return loses.owed(owedText(device, language));
  if (device.standing === 'complete' && device.told_at !== null) {
    return loses.complete(shortMoment(device.told_at, language.code));
  }
  return loses.unknown;
}
