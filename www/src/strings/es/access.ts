/** In Spanish: who comes in: signing in, the members and letting a phone in. */
import type { ProblemCode } from '../../engine/problem';
import type { Isolated } from '../isolated';

export const access = {
  title: 'Página de coordinación',
  ended: 'La sesión terminó. Lo que escribiste sigue aquí.',
  openLink: 'Abre el enlace que el programa mostró al arrancar. Termina en #key=…',
  elsewhere:
    'El enlace del programa solo sirve en la misma laptop. Aquí hace falta la llave de un teléfono o laptop que ya entró como coordinación.',
  credential: 'Enlace, o llave de coordinación',
  notCredential: 'Esto no es el enlace ni una llave: 32 o 64 letras y números.',
  enter: 'Entrar',
  leave: 'Salir',
  /** What reads otherwise to a manager at the laptop than to a monitor. */
  refusals: {
    too_many_pairings: 'Esta laptop ya no admite más teléfonos.',
    name_unusable: 'Este nombre no sirve: de 1 a 80 letras.',
    record_unknown: 'La laptop no tiene este registro.',
    malformed: 'La laptop no entendió el pedido. Vuelve a cargar la página.',
    internal: 'Algo falló en la laptop. Su registro dice qué.',
    store_failed: 'La laptop no pudo leer o guardar sus datos. Su registro dice por qué.',
    laptop_full:
      'El disco de la laptop está lleno. Nada se perdió: haz espacio e intenta otra vez.',
    disk_reserve: 'El disco de la laptop está casi lleno y no recibe archivos. Haz espacio.',
    stuck: 'Las dos partes no se ponen de acuerdo. Intenta otra vez.',
    too_many_differences: 'Hay demasiadas diferencias para compararlas.',
  } satisfies Partial<Record<ProblemCode, string>>,
};

export const members = {
  phone: 'teléfono',
  laptop: 'laptop',
  notPaired: 'sin emparejar aquí',
  pairedAt: (when: string) => `Entró ${when}`,
  revoked: (when: string) => `Retirado ${when}`,
  change: (name: Isolated) => `Cambiar ${name}`,
  name: 'Nombre',
  role: 'Puede',
  roles: { monitor: 'registrar y corregir', manager: 'también coordinar' },
  save: 'Guardar',
  revoke: 'Retirar la entrada',
  revokeSure: (name: Isolated) =>
    `El dispositivo de ${name} conserva lo que tiene y ya no podrá sincronizar.`,
  revokeYes: 'Sí, retirarla',
  comeBack: 'Para que vuelva a entrar, muéstrale un código nuevo.',
  aside: 'Sus registros están ocultos',
  setAside: 'Ocultar sus registros',
  asideSure: (name: Isolated) =>
    `Lo que registró el dispositivo de ${name} sale de las listas, del mapa y de las cuentas, en todas las laptops y teléfonos del proyecto. No se borra nada, y puedes volver a mostrarlo.`,
  asideYes: 'Sí, ocultarlos',
  takeBack: 'Volver a mostrar sus registros',
};

export const invite = {
  button: 'Agregar un teléfono',
  title: 'Agregar un teléfono',
  newPhone: '1 · Un teléfono nuevo',
  newPhoneHow:
    'Lee esto con la cámara del teléfono, conectado al mismo wifi. La página que se abre lo prepara paso a paso.',
  orOpen: 'O abre en su navegador:',
  noOnboarding: 'Esta laptop no atiende por http: abre Chasqui en el teléfono como te indicaron.',
  qrPage: 'Código QR de la página que prepara un teléfono nuevo',
  insideApp: '2 · Dentro de Chasqui',
  insideAppHow: (scan: string) =>
    `En el teléfono, con Chasqui abierto: pulsa «${scan}», o escribe:`,
  notCamera: 'No con la cámara del teléfono: sin el paso 1, Chasqui no abriría en el monte.',
  qr: 'Código QR que se escanea desde Chasqui',
  link: 'Enlace',
  otherLinks: 'Otras direcciones de esta laptop',
  copy: 'Copiar enlace',
  copied: 'Copiado',
  role: 'Quien entra podrá',
  left: (time: string) => `Vale ${time} min más, una sola vez.`,
  over: 'Este código ya no vale.',
  renew: 'Mostrar otro código',
  arrived: (name: Isolated) => `Entró el teléfono de ${name}`,
};
