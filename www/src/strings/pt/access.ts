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
    session_refused: 'Esta chave não é a deste notebook, ou já não vale.',
    loopback_only: 'Este link só funciona no próprio notebook.',
    too_many_attempts: 'Tentativas demais. Espere um minuto.',
    too_many_codes: 'Há códigos abertos demais. Use um, ou espere dez minutos.',
    too_many_pairings: 'Este notebook não aceita mais celulares.',
    name_unusable: 'Este nome não serve: de 1 a 80 letras.',
    not_revoked: 'Este celular ainda pode entrar. Retire primeiro o acesso.',
    not_found: 'O notebook já não o conhece.',
    manager_only: 'Só a coordenação pode fazer isto.',
    origin_refused: 'O notebook não aceitou a página deste endereço.',
    host_refused: 'O notebook não atende por este endereço.',
    settings_malformed: 'O notebook não aceita este tamanho.',
  },
};

export const members: Words['manager']['members'] = {
  phone: 'celular',
  laptop: 'notebook',
  notLetIn: 'não pareado aqui',
  pairedAt: (when) => `Entrou ${when}`,
  revoked: (when) => `Retirado ${when}`,
  change: (name) => `Alterar ${name}`,
  name: 'Nome',
  role: 'Pode',
  roles: { monitor: 'registrar e corrigir', manager: 'também coordenar' },
  save: 'Salvar',
  revoke: 'Retirar o acesso',
  revokeSure: (name) =>
    `O aparelho de ${name} fica com o que tem e não poderá mais sincronizar.`,
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
