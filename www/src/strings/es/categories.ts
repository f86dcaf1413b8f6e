/** In Spanish: what an observation can be about. */

export const categories = {
  oil_spill: 'Derrame de petróleo',
  illegal_logging: 'Tala ilegal',
  mining: 'Minería',
  fish_kill: 'Peces o animales muertos',
  contaminated_water: 'Agua contaminada',
  fire: 'Quema o incendio',
  invasion: 'Invasión',
  hunting: 'Caza o fauna',
  road: 'Camino o trocha',
  other: 'Otro',
};
