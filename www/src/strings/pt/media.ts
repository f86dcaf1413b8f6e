/** In Portuguese: photos, audio and videos: taking them and showing them. */
import { count } from '../count';
import type { Words } from '../es';

export const files: Words['files'] = {
  title: 'Fotos, sons e vídeos',
  camera: 'Câmera',
  audio: 'Som',
  pick: 'Galeria',
  photoByApp: 'Foto por outro app',
  videoByApp: 'Vídeo por outro app',
  insecure: 'Este endereço não permite câmera nem microfone: use o app de câmera do celular.',
  keeping: 'Guardando…',
  remove: (name) => `Remover ${name}`,
  removeWord: 'Remover',
  interrupted: {
    audio: (length) => `Uma gravação de ${length} foi interrompida: ficou guardada.`,
    video: (length) => `Um vídeo de ${length} foi interrompido: ficou guardado.`,
  },
  lost: {
    audio: 'Uma gravação foi interrompida em menos de um segundo: nada dela ficou.',
    video: 'Um vídeo foi interrompido em menos de um segundo: nada dele ficou.',
  },
  notHere: 'não está neste celular',
  small: 'Imagem pequena: o original está no notebook.',
  bring: 'Trazer o original',
  bringing: 'Trazendo o original…',
  photoOf: (n, of) => `Foto ${count(n)} de ${count(of)}`,
  previous: 'Foto anterior',
  next: 'Próxima foto',
};

export const camera: Words['camera'] = {
  title: 'Câmera',
  modes: 'O que tirar',
  photo: 'Foto',
  video: 'Vídeo',
  shoot: 'Tirar a foto',
  record: 'Começar o vídeo',
  stop: 'Terminar o vídeo',
  keeping: 'Guardando…',
  taken: (n) => (n === 1 ? '1 guardada' : `${count(n)} guardadas`),
  done: 'Pronto',
  back: 'Voltar à observação',
  light: 'Luz',
  turn: 'Girar',
  silent: 'sem som',
  refused: {
    denied: 'O celular não deixa esta página usar a câmera: use o app de câmera.',
    missing: 'A câmera não pode ser usada agora: use o app de câmera ou tente outra vez.',
    insecure: 'Este endereço não permite a câmera: use o app de câmera.',
  },
};

export const audio: Words['audio'] = {
  title: 'Gravar som',
  recording: (most) => `Gravando, até ${most}`,
  stop: 'Terminar e guardar',
  refused: {
    denied: 'O celular não deixa esta página usar o microfone. Permita nas configurações do site.',
    missing: 'O microfone não pode ser usado agora. Se outro app o usa, feche-o e tente de novo.',
  },
};
