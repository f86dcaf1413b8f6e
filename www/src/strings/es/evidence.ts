/** In Spanish: who signed an observation, whether it is unaltered, and its files. */
import { count } from '../count';
import type { Isolated } from '../isolated';

export const custody = {
  button: '¿Quién la registró, y está intacta?',
  asking: 'Comprobando…',
  recorded: (who: Isolated, when: string) => `La registró ${who} el ${when}.`,
  whole: (n: number, of: number) =>
    of === 1
      ? 'Intacta: vale su única firma.'
      : `Intacta: valen ${count(n)} de ${count(of)} firmas.`,
  broken: (n: number, of: number) =>
    `No está intacta: valen ${count(n)} de ${count(of)} firmas. Mira lo marcado abajo.`,
  latestOnly: (n: number) =>
    `Solo se revisaron las últimas ${count(n)} versiones; hay otras más antiguas.`,
  table: 'Versiones',
  who: 'Quién',
  when: 'Escrita',
  signature: 'Firma',
  chain: 'Cadena',
  content: 'Contenido',
  holds: 'vale',
  fails: 'no vale',
  changes: { edit: 'escribió', delete: 'borró', resolve: 'decidió' },
  unreadable: 'no se puede leer',
  quarantined: 'Se guarda pero no se muestra',
  none: 'Esta laptop no tiene ninguna versión.',
};

export const files = {
  title: 'Fotos, sonidos y videos',
  photosHere: (n: number, of: number) =>
    of === 1 ? `${count(n)} de 1 foto aquí` : `${count(n)} de ${count(of)} fotos aquí`,
  filesHere: (n: number, of: number) =>
    of === 1 ? `${count(n)} de 1 archivo aquí` : `${count(n)} de ${count(of)} archivos aquí`,
  column: 'Fotos',
  away: 'aún no llegó',
  damagedHere: 'se dañó aquí',
  save: 'Guardar',
  saveFile: (name: Isolated) => `Guardar ${name}`,
  sum: 'fotos y sonidos',
  missingOnly: 'Faltan fotos',
  hereOf: (n: number, of: number) => `${count(n)} de ${count(of)}`,
  stillMissing: (size: string) => `Faltan ${size}`,
  allHere: 'Todo está aquí',
  original: 'Abrir original',
  notDrawn: 'Este navegador no puede mostrar esta foto. Guárdala para verla con otro programa.',
  full: 'El disco de esta laptop está casi lleno: las fotos esperan en los teléfonos. Libera espacio.',
  room: (size: string) => `Quedan ${size} para fotos.`,
  noRoom: 'No queda espacio para fotos.',
  damaged: (n: number) =>
    n === 1
      ? '1 archivo se dañó en el disco de esta laptop. Vuelve cuando sincronice un teléfono o una laptop que lo tenga.'
      : `${count(n)} archivos se dañaron en el disco de esta laptop. Vuelven cuando sincronice un teléfono o una laptop que los tenga.`,
};

/** What the laptop's own clock says when that cannot be right. */
export const clock = {
  wrong: (says: string, probably: string) =>
    `El reloj de esta laptop probablemente está mal: dice ${says}, y son cerca de ${probably}.`,
  advice:
    'Ponlo en hora en los ajustes de la laptop. Nada se pierde: las fechas de este tiempo muestran otro día.',
};
