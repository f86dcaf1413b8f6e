/** In Spanish: photos, audio and videos: taking them and showing them. */
import { count } from '../count';
import type { Isolated } from '../isolated';

export const files = {
  title: 'Fotos, sonidos y videos',
  camera: 'Cámara',
  audio: 'Sonido',
  pick: 'Galería',
  photoByApp: 'Foto con otra app',
  videoByApp: 'Video con otra app',
  insecure: 'Esta dirección no permite cámara ni micrófono: usa la app de cámara del teléfono.',
  keeping: 'Guardando…',
  remove: (name: Isolated) => `Quitar ${name}`,
  removeWord: 'Quitar',
  interrupted: {
    audio: (length: string) => `Se interrumpió una grabación de ${length}: quedó guardada.`,
    video: (length: string) => `Se interrumpió un video de ${length}: quedó guardado.`,
  },
  lost: {
    audio: 'Se interrumpió una grabación antes de un segundo: no quedó nada de ella.',
    video: 'Se interrumpió un video antes de un segundo: no quedó nada de él.',
  },
  notHere: 'no está en este teléfono',
  small: 'Imagen pequeña: el original está en la laptop.',
  bring: 'Traer el original',
  bringing: 'Trayendo el original…',
  photoOf: (n: number, of: number) => `Foto ${count(n)} de ${count(of)}`,
  previous: 'Foto anterior',
  next: 'Foto siguiente',
};

export const camera = {
  title: 'Cámara',
  modes: 'Qué tomar',
  photo: 'Foto',
  video: 'Video',
  shoot: 'Tomar la foto',
  record: 'Empezar el video',
  stop: 'Terminar el video',
  keeping: 'Guardando…',
  taken: (n: number) => (n === 1 ? '1 guardada' : `${count(n)} guardadas`),
  done: 'Listo',
  back: 'Volver a la observación',
  light: 'Luz',
  turn: 'Girar',
  silent: 'sin sonido',
  refused: {
    denied: 'El teléfono no deja que esta página use la cámara: usa la app de cámara.',
    missing: 'La cámara no se puede usar ahora: usa la app de cámara, o intenta otra vez.',
    insecure: 'Esta dirección no permite la cámara: usa la app de cámara.',
  },
};

export const audio = {
  title: 'Grabar sonido',
  recording: (most: string) => `Grabando, hasta ${most}`,
  stop: 'Terminar y guardar',
  refused: {
    denied:
      'El teléfono no deja que esta página use el micrófono. Permítelo en los ajustes del sitio.',
    missing:
      'No se puede usar el micrófono ahora. Si otra app lo usa, ciérrala e intenta otra vez.',
  },
};
