/** In Spanish: whether this phone works far from the laptop, and how to mend what is missing. */

export const ready = {
  title: 'Listo para el monte',
  ready: 'Teléfono listo para el monte',
  notYet: 'Falta para ir al monte',
  danger: 'Este teléfono NO está listo para el monte',
  showAll: (done: number, all: number) => `Ver todo: ${done} de ${all} listo`,
  showLess: 'Ver menos',
  done: 'listo',
  missing: 'falta',
  unknown: 'no se sabe',
  app_kept: {
    yes: 'La app abre sin la laptop',
    no: 'Este teléfono NO abre la app sin la laptop. Instala el certificado y abre la app otra vez.',
    unknown: 'La app se está guardando…',
    mend: 'Instalar el certificado',
    again: 'Intentar otra vez',
  },
  storage_persistent: {
    yes: 'Los datos están protegidos',
    no: 'El navegador puede borrar los datos si falta espacio. Pon la app en la pantalla de inicio y protégelos.',
    unknown: 'El navegador no dice si protege los datos.',
    mend: 'Proteger los datos',
  },
  map_kept: {
    yes: 'Mapa guardado',
    no: 'Falta guardar el mapa: cerca de la laptop.',
    unknown: 'No se sabe si el mapa está guardado.',
    mend: 'Guardar el mapa',
  },
  gps_allowed: {
    yes: 'GPS permitido',
    no: 'El GPS está prohibido. Permítelo en Chrome: ⋮ > Configuración > Configuración de sitios > Ubicación.',
    unknown: 'Falta permitir el GPS.',
    mend: 'Permitir el GPS',
  },
  camera_allowed: {
    yes: 'Cámara permitida',
    no: 'La cámara está prohibida. Permítela en Chrome: ⋮ > Configuración > Configuración de sitios > Cámara.',
    unknown: 'Falta permitir la cámara.',
    mend: 'Permitir la cámara',
  },
  clock_right: {
    yes: 'La hora coincidió con la de la laptop',
    no: 'La hora no es la de la laptop.',
    set: 'Ponla en automático en los ajustes.',
    unknown: 'La hora se compara cuando la laptop responde.',
    mend: 'Buscar la laptop',
  },
  space_enough: {
    yes: (free: string) => `Espacio libre: ${free}`,
    no: (free: string) => `Queda poco espacio: ${free}.`,
    unknown: 'El navegador no dice cuánto espacio queda.',
    mend: 'Liberar espacio',
  },
};
