/**
 * An invented season of monitoring in Loreto, for pictures: nobody and nothing in it is real.
 *
 * The same at every call: a picture that is made again differs only where the pages do.
 */
const notes = {
  oil_spill: ['Mancha de crudo en el caño', 'Tubo con fuga, huele fuerte', 'Barreras rotas'],
  illegal_logging: ['Trozas de cedro en la orilla', 'Motosierras al amanecer', 'Tocones frescos'],
  mining: ['Draga trabajando de noche', 'Balsa con motor y manguera', 'Pozas nuevas'],
  fish_kill: ['Boquichicos muertos en la orilla', 'Sábalos flotando en la cocha'],
  contaminated_water: ['Agua con espuma y mal olor', 'Agua turbia en la toma'],
  fire: ['Quema de chacra fuera de control', 'Humo al otro lado del río'],
  invasion: ['Cuatro casas nuevas en el lindero', 'Linderos cambiados'],
  hunting: ['Casquillos y trampas', 'Cazadores de fuera'],
  road: ['Trocha nueva hacia la colpa', 'Tractor abriendo camino'],
  other: ['Avioneta que vuela bajo', 'Letrero del lindero caído'],
};
/** Along the rivers, where people travel: longitude, latitude, how many, how far around. */
const stretches = [
  [-73.6, -4.55, 26, 0.12],
  [-74.3, -4.9, 18, 0.16],
  [-75.1, -4.75, 31, 0.14],
  [-75.25, -3.8, 14, 0.2],
  [-76.3, -2.9, 22, 0.18],
  [-74.2, -3.2, 9, 0.25],
  [-72.4, -3.3, 12, 0.22],
  [-73.1, -5.6, 8, 0.2],
];

/**
 * As GeoJSON, which the laptop imports: by day, if it is about ten in the morning where `now` is.
 */
export function exampleSeason(now) {
  const random = numbers(20_261_123);
  const categories = Object.keys(notes);
  const features = stretches.flatMap(([lon, lat, count, around]) =>
    Array.from({ length: count }, (_, at) => {
      // Most of what is seen on one river is of few kinds.
      const category = categories[Math.floor(random() ** 1.6 * categories.length)];
      const lines = notes[category];
      const days = 3 + Math.floor(random() * 240);
      const hours = random() * 10 - 3;
      return {
        type: 'Feature',
        id: `${lon}/${lat}/${at}`,
        geometry: {
          type: 'Point',
          coordinates: [spread(random, lon, around), spread(random, lat, around)],
        },
        properties: {
          category,
          note: lines[Math.floor(random() * lines.length)],
          observed_at: new Date(now + (hours - days * 24) * 3_600_000).toISOString(),
        },
      };
    }),
  );
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function spread(random, middle, around) {
  return Number((middle + (random() + random() - 1) * 2 * around).toFixed(5));
}

/** The minimal standard generator of Park and Miller: numbers from 0 to 1, the same for a seed. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
