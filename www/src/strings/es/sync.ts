/** In Spanish: what has reached the laptop, what waits, and where the laptop was looked for. */
import { count } from '../count';

export const tried = {
  title: 'Dónde se buscó la laptop',
  hint: 'Revisa que la laptop esté encendida y que el teléfono esté en su wifi, con los datos móviles apagados. Si es así y no hay conexión: permite al navegador usar la red local, y avisa a coordinación, porque puede haber cambiado el certificado de la laptop.',
  outcomes: {
    silent: 'sin conexión: nadie respondió, o el navegador no lo permitió',
    other_laptop: 'responde otra laptop, que no conoce este teléfono',
    other_project: 'responde una laptop de otro proyecto',
    unproven: 'responde alguien que no pudo demostrar que es tu laptop',
    refused: 'responde algo que no es la laptop',
  },
};

export const state = {
  on_phone: 'En este teléfono',
  on_laptop: 'En la laptop',
  filesWaiting: (n: number) => (n === 1 ? 'Falta 1 archivo' : `Faltan ${count(n)} archivos`),
  conflict: 'Versiones distintas',
  deletedAndEdited: 'Borrada y editada a la vez',
  deleted: 'Borrada por coordinación',
  mine: 'Mía',
  others: 'De otra persona',
  saved: 'Guardada en este teléfono',
};

export const sync = {
  looking: 'Buscando la laptop…',
  syncing: (done: number, total: number) => `Sincronizando ${count(done)} de ${count(total)}`,
  synced: (at: string) => `Todo está en la laptop, ${at}`,
  recordsSynced: (at: string) => `Las observaciones están en la laptop, ${at}`,
  filesWaiting: (photos: number, others: number) => {
    const all = [
      ...(photos > 0 ? [photos === 1 ? '1 foto' : `${count(photos)} fotos`] : []),
      ...(others > 0
        ? [others === 1 ? '1 sonido o video' : `${count(others)} sonidos o videos`]
        : []),
    ];
    return `Falta enviar ${all.join(' y ')}`;
  },
  syncedNever: 'No hay nada por enviar',
  awaySince: (at: string) => `Sin contacto con la laptop desde ${at}`,
  awayNever: 'Este teléfono aún no encontró una laptop',
  clocksDiffer: (phone: string, laptop: string) =>
    `Las horas no coinciden: este teléfono dice ${phone} y la laptop dice ${laptop}. Corrige el reloj que esté mal.`,
  clockWentBack: (phone: string, laptop: string) =>
    `Este teléfono dice ${phone}, pero la última vez la laptop ya decía ${laptop}. Corrige la hora del teléfono: con una hora equivocada no reconoce a la laptop.`,
  failed: 'La laptop respondió con un problema',
  waiting: (n: number) =>
    n === 1 ? '1 observación por enviar' : `${count(n)} observaciones por enviar`,
  nothingWaiting: 'nada por enviar',
  unpaired: 'Este teléfono aún no está emparejado',
  revoked: 'Coordinación retiró este teléfono',
  notPaired: 'La laptop no conoce este teléfono',
  strange: 'Aquí responde otra laptop, no la tuya',
  phoneFailed: 'Este teléfono no pudo guardar lo que llegó',
  whatWasTried: 'Ver dónde se buscó',
  pairAgain: 'Emparejar',
  now: 'Buscar ahora',
};
