/** In Spanish: the manager’s page. */
import { count } from '../count';
import { access, invite, members } from './access';
import { clock, custody, files } from './evidence';
import { importing } from './import';

export const manager = {
  title: 'Coordinación',
  live: 'En vivo',
  reconnecting: 'Reconectando…',
  counts: {
    records: 'registros',
    versions: 'versiones',
    entries: 'entradas',
    writers: 'diarios',
    conflicts: 'conflictos',
  },
  filters: 'Filtros',
  category: 'Categoría',
  allCategories: 'Todas',
  text: 'Buscar en el texto',
  from: 'Desde',
  to: 'Hasta',
  conflictsOnly: 'Solo conflictos',
  clearFilters: 'Quitar filtros',
  table: 'Observaciones',
  shownOf: (n: number) => (n === 1 ? '1 observación' : `${count(n)} observaciones`),
  nothingMatches: 'Ninguna observación cumple con los filtros.',
  nothingYet: 'Aún no llegó ninguna observación. Aparecerán aquí cuando un teléfono sincronice.',
  columns: {
    category: 'Categoría',
    note: 'Nota',
    observedAt: 'Visto',
    author: 'Quién',
    place: 'Lugar',
    flags: 'Avisos',
  },
  map: 'Mapa de observaciones',
  mapFailed: 'Este navegador no pudo abrir el mapa (WebGL). La tabla funciona igual.',
  zoomToAll: 'Ver todas',
  detail: 'Observación elegida',
  chooseOne: 'Elige una fila o un punto del mapa.',
  phones: 'Teléfonos',
  noPhones: 'Todavía no vino ningún teléfono.',
  lastSeen: (when: string) => `Visto ${when}`,
  neverSeen: 'Nunca visto',
  newPhone: 'Teléfono nuevo',
  thisLaptop: 'Esta laptop',
  received: (n: number, of: number) => `Recibidas ${count(n)} de ${count(of)}`,
  missing: (n: number) => (n === 1 ? 'Falta 1' : `Faltan ${count(n)}`),
  complete: 'Todos los registros recibidos',
  lacking: (n: number) =>
    n === 1 ? 'Le falta 1 de la laptop' : `Le faltan ${count(n)} de la laptop`,
  clockAhead: (apart: string) => `Su reloj está adelantado ${apart}`,
  clockBehind: (apart: string) => `Su reloj está atrasado ${apart}`,
  notices: 'Avisos',
  noNotices: 'Sin avisos.',
  noticeTexts: {
    log_lost:
      'Un teléfono volvió con un estado anterior. Recuperó sus registros y sigue en un diario nuevo.',
    log_forked:
      'Dos teléfonos escribieron el mismo diario, como al copiar un teléfono. Se guardó todo lo de ambos.',
    entry_refused: 'Se rechazó una entrada de este teléfono. Todo lo anterior se guardó.',
    entry_quarantined: 'Una entrada se guarda pero no se muestra.',
    clock_off:
      'El reloj de este teléfono no está bien. El orden de los registros no depende de él.',
    device_new:
      'Vino por primera vez. Si es un teléfono que se borró, lo que trajo antes sigue aquí.',
    entry_damaged:
      'Una entrada se dañó en el disco de esta laptop. Otra laptop puede repararla.',
    media_damaged:
      'Un archivo se dañó en el disco de esta laptop y se puso aparte. Vuelve cuando sincronice un teléfono o una laptop que lo tenga.',
  },
  refused: 'La laptop no respondió a la página',
  meeting: {
    title: 'Sincronizar con otra laptop',
    address: 'Dirección de la otra laptop',
    button: 'Sincronizar',
    running: (done: number, of: number) => `Pasaron ${count(done)} de ${count(of)} entradas…`,
    finished: (name: string, n: number) => `${name} tiene lo mismo. Pasaron ${count(n)} entradas.`,
    filesMoved: (done: number, of: number) => `Archivos: ${count(done)} de ${count(of)}`,
    failed: 'No se completó. Lo que ya llegó queda guardado.',
  },
  import: importing,
  access,
  members,
  invite,
  custody,
  clock,
  files,
  settings: {
    button: 'Ajustes',
    title: 'Ajustes del proyecto',
    photos: 'Tamaño de las fotos',
    original: 'Original, como las toma el teléfono',
    originalHint: 'Ocupan más y tardan más en llegar.',
    pixels: (n: number) => `Hasta ${count(n)} píxeles de lado`,
    usual: 'recomendado',
    when: 'Los teléfonos lo toman la próxima vez que sincronizan. Las fotos ya tomadas no cambian.',
    save: 'Guardar',
    saved: 'Ajustes guardados',
  },
  meetingCode: 'Código de la otra laptop (si lo pide)',
};
