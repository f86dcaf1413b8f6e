/** In Spanish: the manager’s page. */
import type { ProblemCode } from '../../engine/problem';
import { count } from '../count';
import { access, invite, members } from './access';
import { clock, custody, files } from './evidence';
import { importing } from './import';
import { devices, workspace } from './workspace';
import type { Isolated } from '../isolated';

export const manager = {
  title: 'Coordinación',
  live: 'En vivo',
  reconnecting: 'Reconectando…',
  counts: {
    records: 'observaciones',
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
  lastSeen: (when: string) => `Visto ${when}`,
  neverSeen: 'Nunca visto',
  thisLaptop: 'Esta laptop',
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
    entry_damaged: 'Una entrada se dañó en el disco de esta laptop. Otra laptop puede repararla.',
    media_damaged:
      'Un archivo se dañó en el disco de esta laptop y se puso aparte. Vuelve cuando sincronice un teléfono o una laptop que lo tenga.',
    wrong_codes:
      'Alguien cerca prueba códigos o claves que no son correctos. Ninguno abre nada: no hace falta hacer nada.',
    request_flood:
      'Alguien cerca pide demasiado a la vez a esta laptop. Lo que sobra se rechaza; los teléfonos emparejados siguen sincronizando.',
  },
  refused: 'La laptop no respondió a la página',
  meeting: {
    title: 'Sincronizar con otra laptop',
    address: 'Dirección de la otra laptop',
    button: 'Sincronizar',
    running: (done: number, of: number) => `Pasaron ${count(done)} de ${count(of)} entradas…`,
    finished: (name: Isolated, n: number) =>
      `${name} tiene lo mismo. Pasaron ${count(n)} entradas.`,
    filesMoved: (done: number, of: number) => `Archivos: ${count(done)} de ${count(of)}`,
    failed: 'No se completó. Lo que ya llegó queda guardado.',
  },
  meetingFailures: {
    not_paired: 'La otra laptop no conoce esta. Pide allí un código para coordinación.',
    revoked: 'La otra laptop retiró esta. Pide allí un código nuevo.',
    code_refused: 'La otra laptop no acepta este código: ya se usó o venció. Pide otro.',
    other_project: 'La otra laptop es de otro proyecto.',
    unreachable:
      'No se pudo hablar con la otra laptop. ¿Está en el mismo wifi, con el programa abierto?',
    timeout: 'La otra laptop tardó demasiado en responder.',
    certificate_refused:
      'El certificado de la otra laptop no es el que se conocía. Pide allí un código nuevo.',
    url_refused:
      'Esta no es una dirección de una laptop cercana, por ejemplo https://10.42.0.1:8443.',
    authority_unreadable: 'El certificado de la otra laptop no se pudo leer.',
    stuck: 'Las dos laptops no llegaron a tener lo mismo. Intenta otra vez.',
    busy: 'La laptop está ocupada. Intenta otra vez en un momento.',
    too_many_attempts: 'Demasiados intentos. Espera un minuto.',
    disk_reserve: 'El disco de una de las laptops está lleno.',
    hash_wrong: 'Un archivo está dañado en la otra laptop. Los demás llegaron.',
    media_unknown: 'Un archivo ya no estaba en la otra laptop. Los demás llegaron.',
    file_unreadable: 'Un archivo no se pudo leer. Los demás llegaron.',
    length_differs: 'Un archivo no mide lo mismo en las dos laptops. Los demás llegaron.',
    body_too_large: 'Un archivo es demasiado grande. Los demás llegaron.',
  } satisfies Partial<Record<ProblemCode, string>>,
  import: importing,
  access,
  members,
  invite,
  custody,
  clock,
  files,
  devices,
  workspace,
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
