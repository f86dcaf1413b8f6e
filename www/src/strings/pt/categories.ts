/** In Portuguese: what an observation can be about. */
import type { Words } from '../es';

export const categories: Words['categories'] = {
  oil_spill: 'Vazamento de petróleo',
  illegal_logging: 'Corte ilegal de madeira',
  mining: 'Garimpo ou mineração',
  fish_kill: 'Peixes ou animais mortos',
  contaminated_water: 'Água contaminada',
  fire: 'Queimada ou incêndio',
  invasion: 'Invasão',
  hunting: 'Caça ou fauna',
  road: 'Estrada ou trilha',
  other: 'Outro',
};
