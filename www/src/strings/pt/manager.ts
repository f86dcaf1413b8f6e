/** In Portuguese: the manager’s page. */
import { count } from '../count';
import type { Words } from '../es';
import { access, invite, members } from './access';
import { clock, custody, files } from './evidence';
import { importing } from './import';
import { devices, workspace } from './workspace';

export const manager: Words['manager'] = {
  title: 'Coordenação',
  live: 'Ao vivo',
  reconnecting: 'Reconectando…',
  counts: {
    records: 'observações',
    versions: 'versões',
    entries: 'entradas',
    writers: 'diários',
    conflicts: 'conflitos',
  },
  filters: 'Filtros',
  category: 'Categoria',
  allCategories: 'Todas',
  text: 'Buscar no texto',
  from: 'De',
  to: 'Até',
  conflictsOnly: 'Só conflitos',
  clearFilters: 'Limpar filtros',
  table: 'Observações',
  shownOf: (n) => (n === 1 ? '1 observação' : `${count(n)} observações`),
  nothingMatches: 'Nenhuma observação atende aos filtros.',
  nothingYet:
    'Ainda não chegou nenhuma observação. Elas aparecem aqui quando um celular sincroniza.',
  columns: {
    category: 'Categoria',
    note: 'Nota',
    observedAt: 'Visto',
    author: 'Quem',
    place: 'Lugar',
    flags: 'Avisos',
  },
  map: 'Mapa das observações',
  mapFailed: 'Este navegador não conseguiu abrir o mapa (WebGL). A tabela funciona do mesmo jeito.',
  zoomToAll: 'Ver todas',
  detail: 'Observação escolhida',
  chooseOne: 'Escolha uma linha ou um ponto do mapa.',
  phones: 'Celulares',
  lastSeen: (when) => `Visto ${when}`,
  neverSeen: 'Nunca visto',
  thisLaptop: 'Este notebook',
  lacking: (n) => (n === 1 ? 'Falta nele 1 do notebook' : `Faltam nele ${count(n)} do notebook`),
  clockAhead: (apart) => `O relógio dele está ${apart} adiantado`,
  clockBehind: (apart) => `O relógio dele está ${apart} atrasado`,
  notices: 'Avisos',
  noNotices: 'Sem avisos.',
  noticeTexts: {
    log_lost:
      'Um celular voltou com um estado anterior. Recuperou seus registros e segue num diário novo.',
    log_forked:
      'Dois celulares escreveram o mesmo diário, como ao copiar um celular. Tudo dos dois foi guardado.',
    entry_refused: 'Uma entrada deste celular foi recusada. Tudo o que veio antes foi guardado.',
    entry_quarantined: 'Uma entrada é guardada, mas não é mostrada.',
    clock_off: 'O relógio deste celular não está certo. A ordem dos registros não depende dele.',
    device_new:
      'Veio pela primeira vez. Se é um celular que foi apagado, o que trouxe antes continua aqui.',
    entry_damaged:
      'Uma entrada foi danificada no disco deste notebook. Outro notebook pode repará-la.',
    media_damaged:
      'Um arquivo foi danificado no disco deste notebook e foi posto à parte. Ele volta quando sincronizar um celular ou notebook que o tenha.',
    wrong_codes:
      'Alguém por perto tenta códigos ou chaves que não estão certos. Nenhum abre nada: não é preciso fazer nada.',
    request_flood:
      'Alguém por perto pede demais de uma vez a este notebook. O excesso é recusado; os celulares pareados continuam sincronizando.',
  },
  refused: 'O notebook não respondeu a esta página',
  meeting: {
    title: 'Sincronizar com outro notebook',
    address: 'Endereço do outro notebook',
    button: 'Sincronizar',
    running: (done, of) => `Passaram ${count(done)} de ${count(of)} entradas…`,
    finished: (name, n) => `${name} tem o mesmo. Passaram ${count(n)} entradas.`,
    filesMoved: (done, of) => `Arquivos: ${count(done)} de ${count(of)}`,
    failed: 'Não foi concluído. O que já chegou fica guardado.',
  },
  meetingFailures: {
    not_paired: 'O outro notebook não conhece este. Peça lá um código para a coordenação.',
    revoked: 'O outro notebook retirou este. Peça lá um código novo.',
    code_refused: 'O outro notebook não aceita este código: já foi usado ou venceu. Peça outro.',
    other_project: 'O outro notebook é de outro projeto.',
    unreachable:
      'Não foi possível falar com o outro notebook. Está no mesmo wifi, com o programa aberto?',
    timeout: 'O outro notebook demorou demais para responder.',
    certificate_refused:
      'O certificado do outro notebook não é o que se conhecia. Peça lá um código novo.',
    url_refused: 'Este não é o endereço de um notebook próximo, como https://10.42.0.1:8443.',
    authority_unreadable: 'O certificado do outro notebook não pôde ser lido.',
    stuck: 'Os dois notebooks não ficaram com o mesmo. Tente de novo.',
    busy: 'O notebook está ocupado. Tente de novo daqui a pouco.',
    too_many_attempts: 'Tentativas demais. Espere um minuto.',
    disk_reserve: 'O disco de um dos notebooks está cheio.',
    hash_wrong: 'Um arquivo está danificado no outro notebook. Os demais chegaram.',
    media_unknown: 'Um arquivo já não estava no outro notebook. Os demais chegaram.',
    file_unreadable: 'Um arquivo não pôde ser lido. Os demais chegaram.',
    length_differs: 'Um arquivo tem outro tamanho em cada notebook. Os demais chegaram.',
    body_too_large: 'Um arquivo é grande demais. Os demais chegaram.',
  },
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
    title: 'Ajustes do projeto',
    photos: 'Tamanho das fotos',
    original: 'Original, como o celular as tira',
    originalHint: 'Ocupam mais espaço e demoram mais a chegar.',
    pixels: (n) => `Até ${count(n)} pixels de lado`,
    usual: 'recomendado',
    when: 'Os celulares usam na próxima vez que sincronizam. As fotos já tiradas não mudam.',
    save: 'Salvar',
    saved: 'Ajustes salvos',
  },
  meetingCode: 'Código do outro notebook (se pedir)',
};
