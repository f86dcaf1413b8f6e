/** In Spanish: the manager’s page as a whole, and what is said of each device. */
import { count } from '../count';
import type { Isolated } from '../isolated';

export const workspace = {
  tabs: {
    phones: 'Teléfonos',
    observations: 'Observaciones',
    map: 'Mapa',
    more: 'Más',
  },
  tabsLabel: 'Partes de la página',
  filtersOf: (n: number) => (n === 0 ? 'Filtros' : `Filtros (${n})`),
  closeRecord: 'Cerrar la observación',
  details: 'Detalles',
  technical: 'Detalles técnicos',
  done: 'Hecho',
  doneAbout: (text: string) => `Hecho: ${text}`,
  doneAll: 'Todo hecho',
  showDone: (n: number) => (n === 1 ? '1 aviso hecho' : `${count(n)} avisos hechos`),
  otherNotice: 'La laptop tiene un aviso que esta página no conoce.',
  print: 'Imprimir',
  preparing: 'Preparando…',
  printedOn: (when: string) => `Impreso el ${when}`,
  notPrinted: (n: number, of: number) =>
    `Aquí están las ${count(n)} más recientes de ${count(of)}. Las otras ${count(of - n)} no están en este papel: usa los filtros, o «Imprimir» en la página.`,
  inWords: {
    all: 'Todas las observaciones',
    category: (name: Isolated) => `categoría «${name}»`,
    text: (text: Isolated) => `con «${text}»`,
    from: (day: string) => `desde ${day}`,
    to: (day: string) => `hasta ${day}`,
    conflicts: 'solo con conflictos',
    missing: 'solo con fotos que faltan',
  },
};

export const devices = {
  observations: (n: number) => (n === 1 ? '1 observación' : `${count(n)} observaciones`),
  photosHere: (here: number, named: number) => `fotos ${count(here)} de ${count(named)}`,
  othersHere: (here: number, named: number) => `sonidos y videos ${count(here)} de ${count(named)}`,
  owed: {
    photos: (n: number) => (n === 1 ? '1 foto' : `${count(n)} fotos`),
    others: (n: number) => (n === 1 ? '1 sonido o video' : `${count(n)} sonidos o videos`),
    entries: (n: number) =>
      n === 1 ? '1 observación o corrección' : `${count(n)} observaciones o correcciones`,
  },
  missing: (what: string) => `Falta que lleguen: ${what}`,
  complete: (at: string) => `Llegó todo lo que dijo tener (${at})`,
  unknown: 'No ha dicho todavía qué tiene',
  unknownElsewhere: 'No ha venido a esta laptop: no se sabe qué más tiene',
  waitFor: (whom: string) => `Espera a ${whom}.`,
  mustComeBack: (whom: string) => `Falta que vuelva ${whom}.`,
  whom: (name: Isolated, what: string) => `${name} (${what})`,
  andMore: (n: number) => (n === 1 ? 'otro teléfono' : `otros ${count(n)} teléfonos`),
  notKnown: (whom: string) => `No se sabe todavía qué tiene ${whom}.`,
  nothingAwaited: 'Llegó todo lo que los teléfonos dijeron tener.',
  noneYet: 'Todavía no hay teléfonos. El paso que sigue: «Agregar un teléfono».',
  unnamed: 'Teléfono sin nombre',
  ready: (at: string) => `Listo para el monte (${at})`,
  notReady: 'Todavía no está listo para el monte:',
  readinessUnknown: 'No ha dicho si está listo para el monte',
  toldAt: (at: string) => `Lo dijo el teléfono, ${at}`,
  notChecked: (what: string) => `Sin comprobar en el teléfono: ${what}.`,
  checks: {
    app_kept: 'abre sin la laptop',
    storage_persistent: 'datos protegidos',
    map_kept: 'mapa guardado',
    gps_allowed: 'GPS',
    camera_allowed: 'cámara',
    clock_right: 'hora',
    space_enough: 'espacio',
  },
  lacks: {
    app_kept:
      'No abre sin la laptop. Haz con él el paso 1 de «Agregar un teléfono» y abre Chasqui otra vez.',
    storage_persistent:
      'El teléfono podría borrar lo que guarda. Pon Chasqui en su pantalla de inicio.',
    map_kept: 'No tiene el mapa guardado. Deja Chasqui abierto cerca de la laptop.',
    gps_allowed: 'No permite el GPS. Permítelo en los ajustes del sitio, en el teléfono.',
    camera_allowed: 'No permite la cámara. Permítela en los ajustes del sitio, en el teléfono.',
    clock_right: 'Su reloj no está bien. Pon fecha y hora automáticas en el teléfono.',
    space_enough: 'Le queda poco espacio. Usa «Liberar espacio» en el teléfono.',
  },
  loses: {
    owed: (what: string) =>
      `En ese teléfono quedan ${what} que no llegaron. Si lo retiras, no llegarán hasta que entre con un código nuevo.`,
    complete: (at: string) =>
      `Llegó todo lo que dijo tener (${at}). Lo que registró después se queda en el teléfono.`,
    unknown: 'No ha dicho qué tiene: lo que haya en ese teléfono se queda allí.',
    stays: 'Lo que ya llegó a la laptop no se borra.',
  },
};
