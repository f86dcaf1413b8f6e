/** In Spanish: one observation: writing it, its place and reading it. */

export const form = {
  titleNew: 'Nueva observación',
  titleEdit: 'Corregir observación',
  category: '¿Qué viste?',
  change: 'Cambiar',
  chooseCategory: 'Elige primero qué viste.',
  note: 'Nota',
  noteHint: 'Opcional: qué pasó, quién, cuánto',
  observedAt: 'Fecha y hora',
  save: 'Guardar',
  saving: 'Guardando…',
  discard: 'Descartar',
  discardSure: '¿Descartar lo que escribiste?',
  draftKept: 'Lo que escribiste está guardado en este teléfono, sin terminar.',
  draftPending: 'Guardando lo que escribiste…',
  onlyHere:
    'No se pudo guardar el borrador: lo que escribiste se pierde si cierras Chasqui. Guarda la observación, o libera espacio.',
  shortenNote: 'La nota es demasiado larga: acórtala para guardar.',
  noteLeft: (left: string) => `Quedan ${left} letras; las que llevan tilde cuentan doble.`,
  noteTooLong: (over: string) =>
    `Sobran ${over} letras (con tilde cuentan doble): la nota no se puede guardar tan larga.`,
  badTime: 'La fecha no se entiende; se usará la anterior.',
  addTime: 'Agregar la hora',
};

export const offer = {
  title: 'La foto dice otra cosa:',
  usePlace: (place: string) => `Usar su lugar: ${place}`,
  useTime: (time: string) => `Usar su fecha y hora: ${time}`,
};

export const place = {
  title: 'Lugar',
  searching: 'Buscando GPS… Puedes guardar sin esperar.',
  gps: 'GPS',
  quality: { good: 'exacto', fair: 'regular', poor: 'impreciso' },
  improving: 'mejorando…',
  held: 'fijado',
  taken: (ago: string) => `tomado ${ago}`,
  hold: 'Fijar este lugar',
  elsewhere: (distance: string, metres: string) =>
    `Ahora estás a ${distance} de ese lugar (GPS ± ${metres} m). ¿Mover el lugar aquí?`,
  move: 'Mover el lugar aquí',
  better: (metres: string) => `El GPS ya es más exacto: ± ${metres} m. ¿Usarlo?`,
  useBetter: 'Usar el más exacto',
  denied: 'El teléfono no permite usar el GPS. Puedes guardar igual o poner el lugar a mano.',
  allowInBrowser:
    'Para permitirlo: activa la ubicación del teléfono, toca el ícono a la izquierda de la dirección › Permisos › Ubicación › Permitir, y después «Usar el GPS de aquí».',
  allowInApp:
    'Para permitirlo: activa la ubicación del teléfono, abre Ajustes › Aplicaciones › Chrome › Permisos › Ubicación › Permitir, y después toca «Usar el GPS de aquí».',
  unavailable: 'No hay señal de GPS aquí. Puedes guardar igual o poner el lugar a mano.',
  insecure: 'Esta dirección no permite usar el GPS. Puedes poner el lugar a mano.',
  byHand: 'Puesto a mano',
  imported: 'Importado',
  missing: 'Sin lugar',
  takeGps: 'Usar el GPS de aquí',
  setByHand: 'Poner a mano',
  map: 'Ver en el mapa',
  pickOnMap: 'Marcar en el mapa',
  hideMap: 'Cerrar el mapa',
  mapName: 'Mapa para marcar el lugar',
  mapFailed: 'Este teléfono no pudo abrir el mapa. Los números de abajo también sirven.',
  latitude: 'Latitud',
  longitude: 'Longitud',
  badNumbers: 'No se entiende. Escribe grados con decimales, por ejemplo -4.5731 y -73.4012.',
  bothNumbers: 'Hacen falta los dos números.',
  stillBefore: 'Mientras tanto queda el lugar de arriba.',
  stillNone: 'Mientras tanto no hay lugar.',
  remove: 'Quitar el lugar',
  accuracy: (metres: string) => `± ${metres} m`,
};

export const detail = {
  title: 'Observación',
  edit: 'Corregir',
  observedAt: 'Visto',
  writtenAt: 'Escrito',
  observer: 'Quién lo vio',
  takenFrom: 'Importado de',
  takenBy: 'por',
  correctedBy: 'corregido por',
  unknownObserver: 'no se sabe',
  unknownAuthor: 'no se sabe quién',
  isAhead: 'fecha en el futuro',
  zoneAssumed: 'zona horaria supuesta',
  thisPhone: 'este teléfono',
  unnamedLaptop: 'una laptop sin nombre',
  unnamedDevice: 'un dispositivo sin nombre',
  role: { monitor: 'monitor', manager: 'coordinación' },
  unaltered: (count: number) =>
    count === 1
      ? 'Sin alteraciones: su firma es válida.'
      : `Sin alteraciones: sus ${count} firmas son válidas.`,
  unalteredLatest: (count: number) =>
    `Sin alteraciones: las firmas de las últimas ${count} versiones son válidas. Las más antiguas no se revisaron.`,
  altered: (bad: number, count: number) =>
    `Alterada: ${bad} de ${count} versiones no son lo que su autor firmó.`,
  note: 'Nota',
  noNote: 'Sin nota',
  wholeNote: 'Ver toda la nota',
  lessNote: 'Ver menos',
  answers: 'Respuestas',
  notFound: 'Esta observación no está en este teléfono.',
  conflictTitle: 'Dos personas la cambiaron a la vez',
  conflictHint: 'No se perdió nada. Se muestra un valor; los otros están aquí.',
  shown: 'Se muestra',
  also: 'También',
  moreValues: (n: number) => (n === 1 ? '1 valor más' : `${n} valores más`),
  moreFields: (n: number) => (n === 1 ? '1 campo más difiere.' : `${n} campos más difieren.`),
  moreVersions: (n: number) =>
    n === 1
      ? '1 versión más se conserva y no se compara aquí.'
      : `${n} versiones más se conservan y no se comparan aquí.`,
  nothing: '(vacío)',
  heads: 'Versiones actuales',
  record: 'Identificador',
  receivedAt: 'Recibido',
  generation: 'Generación',
  fields: {
    note: 'Nota',
    category: 'Categoría',
    location: 'Lugar',
    observed_at: 'Fecha y hora',
  },
};
