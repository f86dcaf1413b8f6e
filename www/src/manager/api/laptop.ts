/** The calls to the laptop's API. Rejects with a `Problem`; keeps nothing. */
import type { Settings } from '../../engine/api';
import { zoneHere } from '../../time/zone';
import { ask, post } from './asking';
import type { Credential } from './credential';
import type { Custody } from './custody';
import { filterQuery, type Filters } from './filters';
import { previewOf } from './media';
import type { Meeting } from './meeting';
import type { Offer, Pairing, PairingList, Role } from './pairing';
import type {
  Changes,
  Device,
  ImportReport,
  LaptopHello,
  LaptopStatus,
  Notice,
  Page,
} from './wire';

export const page_items = 500;

/** Whose session it is; `device` only where a paired device's token began it. */
export interface Holder {
  role: Role;
  name: string | null;
  device?: string;
}

export const laptop = {
  session: () => ask<Holder>('/session'),
  beginSession: (credential: Credential) => post<void>('/session', credential),
  endSession: () => post<void>('/session/end'),

  hello: () => ask<LaptopHello>('/hello'),
  status: () => ask<LaptopStatus>('/status'),
  devices: () => ask<Device[]>('/devices'),
  notices: () => ask<Notice[]>('/notices'),
  finishNotices: (ids: number[]) => post<void>('/notices/done', { ids }),

  pairings: () => ask<PairingList>('/pairings'),
  openCode: (role: Role) => post<Offer>('/pairings/codes', { role }),
  rename: (device: string, name: string) => post<Pairing>(`/pairings/${device}/name`, { name }),
  setRole: (device: string, role: Role) => post<Pairing>(`/pairings/${device}/role`, { role }),
  revoke: (device: string) => post<Pairing>(`/pairings/${device}/revoke`),
  setAside: (device: string, aside: boolean) =>
    post<Pairing>(`/pairings/${device}/aside`, { aside }),

  observations(filters: Filters, after: string | null): Promise<Page> {
    const query = filterQuery(filters);
    query.set('limit', String(page_items));
    if (after !== null) query.set('after', after);
    return ask(`/observations?${query}`);
  },

  changes(filters: Filters, since: string): Promise<Changes> {
    const query = filterQuery(filters);
    query.set('since', since);
    return ask(`/observations?${query}`);
  },

  points(filters: Filters): Promise<GeoJSON.FeatureCollection> {
    const query = filterQuery(filters);
    query.set('format', 'geojson');
    return ask(`/observations?${query}`);
  },

  /** Checked by the laptop from the bytes it holds, at the moment of asking. */
  custody: (record: string) => ask<Custody>(`/records/${record}/custody`),

  /** Which of these files the laptop has. */
  held: (hashes: string[]) => post<{ held: string[] }>('/media/held', { hashes }),

  /** Whether a preview that did not come may come yet: it is made on demand, few at once. */
  async previewMayCome(hash: string): Promise<boolean> {
    const answer = await fetch(previewOf(hash), { method: 'HEAD' }).catch(() => null);
    return answer === null || answer.ok || answer.status === 503;
  },

  settings: () => ask<Settings>('/settings'),
  setSettings: (settings: Settings) => post<Settings>('/settings', settings),

  meetings: () => ask<Meeting[]>('/meetings'),

  /**
   * Begins to sync with the laptop at `url`, which lets this one in first by `code` unless that is
   * empty; what comes of it is among the meetings.
   */
  meet: (url: string, code: string) =>
    post<Meeting>('/meetings', code === '' ? { url } : { url, code }),

  /** With `changes`, rows that say something else of a record that is here correct it. */
  importFile(file: File, changes: boolean): Promise<ImportReport> {
    const query = new URLSearchParams({ name: file.name, changes: String(changes) });
    const zone = zoneHere();
    if (zone !== null) query.set('zone', zone);
    return ask(`/import?${query}`, {
      method: 'POST',
      body: file,
      headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    });
  },
};
