/** In English: what an observation can be about. */
import type { Words } from '../es';

export const categories: Words['categories'] = {
  oil_spill: 'Oil spill',
  illegal_logging: 'Illegal logging',
  mining: 'Mining',
  fish_kill: 'Dead fish or animals',
  contaminated_water: 'Contaminated water',
  fire: 'Fire or burning',
  invasion: 'Invasion',
  hunting: 'Hunting or wildlife',
  road: 'Road or trail',
  other: 'Other',
};
