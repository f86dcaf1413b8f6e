/** A meeting of this laptop with another one, as the API tells it. Field names are those on the wire. */
import type { Problem } from '../../engine/api';

export interface Meeting {
  id: number;
  url: string;
  name: string | null;
  state: 'running' | 'finished' | 'failed';
  began_at: string;
  ended_at: string | null;
  done: number;
  total: number;
  /** Photos, sounds and films, of those that either laptop lacked. */
  files_done: number;
  files_total: number;
  notices: { code: string; message: string; writer: string }[];
  failure: Problem | null;
}
