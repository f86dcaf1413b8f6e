/** The calls to the laptop's API. Rejects with a `Problem`; keeps nothing. */
import type { Problem } from '../engine/api';
import { filterQuery, type Filters } from './filters';
import type { Meeting } from './meeting';
import type { ImportReport, LaptopHello, LaptopStatus, Notice, Page, Peer } from './wire';

const base = '/api/v1';
export const page_items = 500;

async function ask<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(base + path, { headers: { accept: 'application/json' }, ...init });
  } catch (error) {
    throw problem('unreachable', String(error));
  }
  if (answer.ok) return (await answer.json()) as Answer;
  const told = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  throw told?.code === undefined ? problem(`http_${answer.status}`, answer.statusText) : told;
}

function problem(code: string, message: string): Problem {
  return { code, message, retryable: true };
}

export const laptop = {
  hello: () => ask<LaptopHello>('/hello'),
  status: () => ask<LaptopStatus>('/status'),
  peers: () => ask<Peer[]>('/peers'),
  notices: () => ask<Notice[]>('/notices'),

  observations(filters: Filters, after: string | null): Promise<Page> {
    const query = filterQuery(filters);
    query.set('limit', String(page_items));
    if (after !== null) query.set('after', after);
    return ask(`/observations?${query}`);
  },

  points(filters: Filters): Promise<GeoJSON.FeatureCollection> {
    const query = filterQuery(filters);
    query.set('format', 'geojson');
    return ask(`/observations?${query}`);
  },

  meetings: () => ask<Meeting[]>('/meetings'),

  /** Begins to sync with the laptop at `url`; what comes of it is among the meetings. */
  meet(url: string): Promise<Meeting> {
    return ask('/meetings', {
      method: 'POST',
      body: JSON.stringify({ url }),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    });
  },

  importFile(file: File): Promise<ImportReport> {
    return ask(`/import?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      body: file,
      headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    });
  },
};
