/** In Spanish: the phone itself: its first screen, pairing, what it holds and an update. */
import { count } from '../count';

export const home = {
  newObservation: 'Nueva observación',
  recorded: (n: number) => (n === 1 ? '1 observación' : `${count(n)} observaciones`),
  list: 'Observaciones en este teléfono',
  empty: 'Todavía no hay observaciones.',
  emptyHint: 'Toca el botón verde para registrar lo que ves. Funciona sin internet.',
  opening: 'Abriendo lo guardado…',
  install: 'Poner en la pantalla de inicio',
};

export const pairing = {
  title: 'Emparejar este teléfono',
  ask: 'Pide a coordinación que muestre el código en la pantalla de la laptop. El teléfono tiene que estar en el wifi de la laptop.',
  scan: 'Escanear el código',
  type: 'Escribir el código',
  aim: 'Apunta la cámara al código de la pantalla de la laptop.',
  haveLink: 'El código está leído. Falta tu nombre.',
  code: 'Código de 8 letras y números',
  codeHint: 'O pega aquí el enlace entero, si te lo mandaron.',
  holder: '¿Quién lleva este teléfono?',
  holderHint: 'Tu nombre, como lo conoce coordinación.',
  button: 'Emparejar',
  working: 'Emparejando…',
  done: 'Teléfono emparejado',
};

export const phone = {
  title: 'Este teléfono',
  holder: 'Lo lleva',
  role: 'Función',
  laptop: 'Laptop',
  metAt: 'Último encuentro',
  waiting: 'Por enviar',
  putOut:
    'Lo que registraste sigue guardado aquí, pero no se envía. Pide un código nuevo a coordinación y empareja otra vez.',
  pairAgain: 'Emparejar otra vez',
  files: 'Fotos, sonidos y videos',
  filesWaiting: 'Archivos por enviar',
  sending: 'Enviando ahora',
  used: 'Chasqui ocupa aquí',
  usedOf: (used: string, all: string) => `${used} de ${all}`,
  freeSpace: 'Liberar espacio',
  freeable: (n: number, size: string) =>
    n === 1
      ? `Se puede quitar: 1 archivo, ${size}, que ya está en la laptop`
      : `Se pueden quitar: ${count(n)} archivos, ${size}, que ya están en la laptop`,
  nothingFreeable: 'No hay archivos que quitar.',
  notYetFreeable: 'No hay nada que se pueda quitar: lo que está aquí aún no está en la laptop.',
  freeSure:
    'Se quitan solo de este teléfono. Las observaciones se quedan aquí, y los archivos siguen en la laptop. ¿Quitar?',
  freeYes: 'Sí, quitar',
  freeing: 'Preguntando a la laptop…',
  freed: (n: number, size: string) =>
    n === 1 ? `Se quitó 1 archivo, ${size}.` : `Se quitaron ${count(n)} archivos, ${size}.`,
};

export const insecure = {
  title: 'Esta dirección no guarda la aplicación',
  text: 'En esta dirección el teléfono no puede abrir Chasqui sin red ni usar el GPS. Sigue los pasos para instalarlo bien.',
  link: 'Cómo instalarlo',
};

export const update = {
  ready: 'Hay una versión nueva.',
  restart: 'Reiniciar',
};

export const room = {
  low: 'Queda poco espacio en el teléfono. Libera espacio antes de que se llene.',
  out: 'El teléfono está lleno: fotos, sonidos y videos nuevos no caben. Las notas sin terminar tienen un espacio reservado.',
  open: 'Ver cómo liberar espacio',
};

export const drafts = {
  title: 'Sin terminar',
  one: 'Sin terminar:',
  correction: 'Corrección sin terminar:',
  many: (n: number) => `${count(n)} sin terminar`,
};
