/** In Portuguese: whether this phone works far from the laptop, and how to mend what is missing. */
import type { Words } from '../es';

export const ready: Words['ready'] = {
  title: 'Pronto para a mata',
  ready: 'Celular pronto para a mata',
  notYet: 'Falta para ir à mata',
  danger: 'Este celular NÃO está pronto para a mata',
  showAll: (done, all) => `Ver tudo: ${done} de ${all} prontos`,
  showLess: 'Ver menos',
  done: 'pronto',
  missing: 'falta',
  unknown: 'não se sabe',
  app_kept: {
    yes: 'O app abre sem o notebook',
    no: 'Este celular NÃO abre o app sem o notebook. Instale o certificado e abra o app de novo.',
    unknown: 'O app está sendo guardado…',
    mend: 'Instalar o certificado',
    again: 'Tentar de novo',
  },
  storage_persistent: {
    yes: 'Os dados estão protegidos',
    no: 'O navegador pode apagar os dados se faltar espaço. Ponha o app na tela inicial e proteja-os.',
    unknown: 'O navegador não diz se protege os dados.',
    mend: 'Proteger os dados',
  },
  map_kept: {
    yes: 'Mapa guardado',
    no: 'Falta guardar o mapa: perto do notebook.',
    unknown: 'Não se sabe se o mapa está guardado.',
    mend: 'Guardar o mapa',
  },
  gps_allowed: {
    yes: 'GPS permitido',
    no: 'O GPS está proibido. Permita no Chrome: ⋮ > Configurações > Configurações do site > Localização.',
    unknown: 'Falta permitir o GPS.',
    mend: 'Permitir o GPS',
  },
  camera_allowed: {
    yes: 'Câmera permitida',
    no: 'A câmera está proibida. Permita no Chrome: ⋮ > Configurações > Configurações do site > Câmera.',
    unknown: 'Falta permitir a câmera.',
    mend: 'Permitir a câmera',
  },
  clock_right: {
    yes: 'A hora coincidiu com a do notebook',
    no: 'A hora não é a do notebook.',
    set: 'Deixe-a em automático nas configurações.',
    unknown: 'A hora é comparada quando o notebook responde.',
    mend: 'Procurar o notebook',
  },
  space_enough: {
    yes: (free) => `Espaço livre: ${free}`,
    no: (free) => `Resta pouco espaço: ${free}.`,
    unknown: 'O navegador não diz quanto espaço resta.',
    mend: 'Liberar espaço',
  },
};
