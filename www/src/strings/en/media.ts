/** In English: photos, audio and videos: taking them and showing them. */
import { count } from '../count';
import type { Words } from '../es';

export const files: Words['files'] = {
  title: 'Photos, audio and videos',
  camera: 'Camera',
  audio: 'Audio',
  pick: 'Gallery',
  photoByApp: 'Photo with another app',
  videoByApp: 'Video with another app',
  insecure: 'This address allows neither camera nor microphone: use the phone’s camera app.',
  keeping: 'Saving…',
  remove: (name) => `Remove ${name}`,
  removeWord: 'Remove',
  interrupted: {
    audio: (length) => `A recording of ${length} was interrupted: it was saved.`,
    video: (length) => `A video of ${length} was interrupted: it was saved.`,
  },
  lost: {
    audio: 'A recording was interrupted within a second: nothing of it was kept.',
    video: 'A video was interrupted within a second: nothing of it was kept.',
  },
  notHere: 'not on this phone',
  small: 'A small picture: the original is on the laptop.',
  bring: 'Get the original',
  bringing: 'Getting the original…',
  photoOf: (n, of) => `Photo ${count(n)} of ${count(of)}`,
  previous: 'Previous photo',
  next: 'Next photo',
};

export const camera: Words['camera'] = {
  title: 'Camera',
  modes: 'What to take',
  photo: 'Photo',
  video: 'Video',
  shoot: 'Take the photo',
  record: 'Start the video',
  stop: 'End the video',
  keeping: 'Saving…',
  taken: (n) => `${count(n)} saved`,
  done: 'Done',
  back: 'Back to the observation',
  light: 'Light',
  turn: 'Turn',
  silent: 'without sound',
  refused: {
    denied: 'The phone does not let this page use the camera: use the camera app.',
    missing: 'The camera cannot be used now: use the camera app, or try again.',
    insecure: 'This address does not allow the camera: use the camera app.',
  },
};

export const audio: Words['audio'] = {
  title: 'Record audio',
  recording: (most) => `Recording, up to ${most}`,
  stop: 'Stop and save',
  refused: {
    denied: 'The phone does not let this page use the microphone. Allow it in the site’s settings.',
    missing: 'The microphone cannot be used now. If another app uses it, close that and try again.',
  },
};
