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
  draftKept: 'Lo que escribiste sigue aquí. Nada se perdió.',
  badTime: 'La fecha no se entiende; se usará la anterior.',
};

export const offer = {
  title: 'La foto dice otra cosa:',
  usePlace: (place: string) => `Usar su lugar: ${place}`,
  useTime: (time: string) => `Usar su fecha y hora: ${time}`,
};

export const place = {
  title: 'Lugar',
  searching: 'Buscando GPS… Puedes guardar sin esperar.',
  fix: (metres: string) => `GPS con precisión de ${metres} m`,
  improving: 'mejorando…',
  denied: 'El teléfono no permite usar el GPS. Puedes guardar igual o poner el lugar a mano.',
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
  badNumbers: 'Escribe grados con decimales, por ejemplo -4.5731 y -73.4012.',
  remove: 'Quitar el lugar',
  accuracy: (metres: string) => `± ${metres} m`,
};

export const detail = {
  title: 'Observación',
  edit: 'Corregir',
  observedAt: 'Visto',
  writtenAt: 'Escrito',
  author: 'Escrito por',
  thisPhone: 'este teléfono',
  role: { monitor: 'monitor', manager: 'coordinación' },
  unaltered: (count: number) =>
    count === 1 ? 'Sin alteraciones: su firma es válida.' : `Sin alteraciones: sus ${count} firmas son válidas.`,
  altered: (bad: number, count: number) =>
    `Alterada: ${bad} de ${count} versiones no son lo que su autor firmó.`,
  note: 'Nota',
  noNote: 'Sin nota',
  answers: 'Respuestas',
  notFound: 'Esta observación no está en este teléfono.',
  conflictTitle: 'Dos personas la cambiaron a la vez',
  conflictHint: 'No se perdió nada. Se muestra un valor; los otros están aquí.',
  shown: 'Se muestra',
  also: 'También',
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
