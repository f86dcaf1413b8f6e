/** The calls to the laptop's API. Rejects with a `Problem`; keeps nothing. */
import type { Changes, Report, Role, Settings, ViewPage } from '../../api/types';
import { zoneHere } from '../../time/zone';
import { get, post, send } from './asking';
import type { Credential } from './credential';
import { filterQuery, type Filters } from './filters';
import { previewOf } from './media';

export const page_items = 500;

export const laptop = {
  session: () => get('/api/v1/session', {}),
  beginSession: (credential: Credential) => post('/api/v1/session', {}, credential),
  endSession: () => post('/api/v1/session/end', {}, {}),

  hello: () => get('/api/v1/hello', {}),
  status: () => get('/api/v1/status', {}),
  devices: () => get('/api/v1/devices', {}),
  notices: () => get('/api/v1/notices', {}),
  finishNotices: (ids: number[]) => post('/api/v1/notices/done', {}, { ids }),

  pairings: () => get('/api/v1/pairings', {}),
  openCode: (role: Role) => post('/api/v1/pairings/codes', {}, { role }),
  rename: (device: string, name: string) =>
    post('/api/v1/pairings/{device}/name', { device }, { name }),
  setRole: (device: string, role: Role) =>
    post('/api/v1/pairings/{device}/role', { device }, { role }),
  revoke: (device: string) => post('/api/v1/pairings/{device}/revoke', { device }, {}),
  setAside: (device: string, aside: boolean) =>
    post('/api/v1/pairings/{device}/aside', { device }, { aside }),

  observations(filters: Filters, after: string | null): Promise<ViewPage> {
    const query = filterQuery(filters);
    query.set('limit', String(page_items));
    if (after !== null) query.set('after', after);
    return get('/api/v1/observations', {}, query) as Promise<ViewPage>;
  },

  changes(filters: Filters, since: string): Promise<Changes> {
    const query = filterQuery(filters);
    query.set('since', since);
    return get('/api/v1/observations', {}, query) as Promise<Changes>;
  },

  points(filters: Filters): Promise<GeoJSON.FeatureCollection> {
    const query = filterQuery(filters);
    query.set('format', 'geojson');
    const points: Promise<unknown> = get('/api/v1/observations', {}, query);
    return points as Promise<GeoJSON.FeatureCollection>;
  },

  /** Checked by the laptop from the bytes it holds, at the moment of asking. */
  custody: (record: string) => get('/api/v1/records/{record}/custody', { record }),

  /** Which of these files the laptop has. */
  held: (hashes: string[]) => post('/api/v1/media/held', {}, { hashes }),

  /** Whether a preview that did not come may come yet: it is made on demand, few at once. */
  async previewMayCome(hash: string): Promise<boolean> {
    const answer = await fetch(previewOf(hash), { method: 'HEAD' }).catch(() => null);
    return answer === null || answer.ok || answer.status === 503;
  },

  settings: () => get('/api/v1/settings', {}),
  setSettings: (settings: Settings) => post('/api/v1/settings', {}, settings),

  meetings: () => get('/api/v1/meetings', {}),

  /**
   * Begins to sync with the laptop at `url`, which lets this one in first by `code` unless that is
   * empty; what comes of it is among the meetings.
   */
  meet: (url: string, code: string) =>
    post('/api/v1/meetings', {}, code === '' ? { url } : { url, code }),

  /** With `changes`, rows that say something else of a record that is here correct it. */
  importFile(file: File, changes: boolean): Promise<Report> {
    const query = new URLSearchParams({ name: file.name, changes: String(changes) });
    const zone = zoneHere();
    if (zone !== null) query.set('zone', zone);
    return send('/api/v1/import', file, query);
  },
};
