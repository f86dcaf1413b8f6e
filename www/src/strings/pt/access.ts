/** In Portuguese: who comes in: signing in, the members and letting a phone in. */
import type { Words } from '../es';

export const access: Words['manager']['access'] = {
  title: 'Página da coordenação',
  ended: 'A sessão terminou. O que você escreveu continua aqui.',
  openLink: 'Abra o link que o programa mostrou ao iniciar. Ele termina em #key=…',
  elsewhere:
    'O link do programa só funciona no próprio notebook. Aqui é preciso a chave de um celular ou notebook que já entrou como coordenação.',
  credential: 'Link, ou chave da coordenação',
  notCredential: 'Isto não é o link nem uma chave: 32 ou 64 letras e números.',
  enter: 'Entrar',
  leave: 'Sair',
  refusals: {
    too_many_pairings: 'Este notebook não aceita mais celulares.',
    name_unusable: 'Este nome não serve: de 1 a 80 letras.',
    record_unknown: 'O notebook não tem este registro.',
    malformed: 'O notebook não entendeu o pedido. Recarregue a página.',
    internal: 'Algo falhou no notebook. O registro dele diz o quê.',
    store_failed: 'O notebook não pôde ler ou guardar seus dados. O registro dele diz por quê.',
    laptop_full: 'O disco do notebook está cheio. Nada se perdeu: libere espaço e tente de novo.',
    disk_reserve: 'O disco do notebook está quase cheio e não recebe arquivos. Libere espaço.',
    stuck: 'As duas partes não chegam a um acordo. Tente de novo.',
    too_many_differences: 'Há diferenças demais para comparar.',
  },
};

export const members: Words['manager']['members'] = {
  phone: 'celular',
  laptop: 'notebook',
  notPaired: 'não pareado aqui',
  pairedAt: (when) => `Entrou ${when}`,
  revoked: (when) => `Retirado ${when}`,
  change: (name) => `Alterar ${name}`,
  name: 'Nome',
  role: 'Pode',
  roles: { monitor: 'registrar e corrigir', manager: 'também coordenar' },
  save: 'Salvar',
  revoke: 'Retirar o acesso',
  revokeSure: (name) => `O aparelho de ${name} fica com o que tem e não poderá mais sincronizar.`,
  revokeYes: 'Sim, retirar',
  comeBack: 'Para que volte a entrar, mostre um código novo.',
  aside: 'Os registros dele estão ocultos',
  setAside: 'Ocultar os registros',
  asideSure: (name) =>
    `O que o aparelho de ${name} registrou sai das listas, do mapa e das contagens, em todos os notebooks e celulares do projeto. Nada é apagado, e você pode mostrar de novo.`,
  asideYes: 'Sim, ocultar',
  takeBack: 'Mostrar os registros de novo',
};

export const invite: Words['manager']['invite'] = {
  button: 'Adicionar um celular',
  title: 'Adicionar um celular',
  newPhone: '1 · Um celular novo',
  newPhoneHow:
    'Leia isto com a câmera do celular, conectado ao mesmo wifi. A página que se abre o prepara passo a passo.',
  orOpen: 'Ou abra no navegador dele:',
  noOnboarding: 'Este notebook não atende por http: abra o Chasqui no celular como lhe disseram.',
  qrPage: 'Código QR da página que prepara um celular novo',
  insideApp: '2 · Dentro do Chasqui',
  insideAppHow: (scan) => `No celular, com o Chasqui aberto: toque em “${scan}”, ou escreva:`,
  notCamera: 'Não com a câmera do celular: sem o passo 1, o Chasqui não abriria na mata.',
  qr: 'Código QR que se escaneia de dentro do Chasqui',
  link: 'Link',
  otherLinks: 'Outros endereços deste notebook',
  copy: 'Copiar link',
  copied: 'Copiado',
  role: 'Quem entra poderá',
  left: (time) => `Vale por mais ${time} min, uma só vez.`,
  over: 'Este código já não vale.',
  renew: 'Mostrar outro código',
  arrived: (name) => `O celular de ${name} entrou`,
};
