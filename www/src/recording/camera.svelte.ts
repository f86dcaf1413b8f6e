/**
 * The camera as a viewfinder: opened, turned, lit, photographed with and closed. It keeps no
 * picture.
 *
 * A camera that is left open empties the battery: it closes while the page is hidden.
 */
import { video_size } from './limits';

/** Why there is no picture: forbidden, none to be had, or the address allows none. */
export type CameraRefusal = 'denied' | 'missing' | 'insecure';

/** A phone's camera that has not taken the photo after this long never will. */
const photo_ms_max = 8_000;
const jpeg_quality = 0.95;

/** Not in TypeScript's own library. */
interface ImageCaptureLike {
  takePhoto(): Promise<Blob>;
}
type ImageCaptureMaker = new (track: MediaStreamTrack) => ImageCaptureLike;
type Lit = { torch?: boolean };

/** Whether this address and browser can show the camera at all. */
export function canShowCamera(): boolean {
  return (navigator as Partial<Navigator>).mediaDevices !== undefined;
}

export class LiveCamera {
  stream = $state.raw<MediaStream | null>(null);
  refused = $state<CameraRefusal | null>(null);
  /** More than one camera to choose from. */
  turns = $state(false);
  /** `null` where there is no light. */
  lit = $state<boolean | null>(null);
  #facing: 'environment' | 'user' = 'environment';
  #wanted = false;

  /** Never rejects: `refused` says why there is no picture. */
  async open(): Promise<void> {
    this.#wanted = true;
    this.refused = null;
    if (!canShowCamera()) {
      this.refused = window.isSecureContext ? 'missing' : 'insecure';
      return;
    }
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(this.#constraints()));
      const devices = await navigator.mediaDevices.enumerateDevices();
      this.turns = devices.filter(({ kind }) => kind === 'videoinput').length > 1;
    } catch (error) {
      const denied = error instanceof DOMException && error.name === 'NotAllowedError';
      this.refused = denied ? 'denied' : 'missing';
    }
  }

  close(): void {
    this.#wanted = false;
    this.#end();
  }

  /** The other camera: the one towards the person, or back. */
  async turn(): Promise<void> {
    this.#facing = this.#facing === 'environment' ? 'user' : 'environment';
    // Most phones open one camera at a time.
    this.#end();
    await this.open();
  }

  async light(): Promise<void> {
    const lit = !this.lit;
    const wanted = { advanced: [{ torch: lit } as Lit as MediaTrackConstraintSet] };
    await this.#track()
      ?.applyConstraints(wanted)
      .then(
        () => (this.lit = lit),
        () => (this.lit = null),
      );
  }

  /** One photo: the camera's own where the browser can ask for it, else what `shown` shows. */
  async shoot(shown: HTMLVideoElement): Promise<Blob> {
    const track = this.#track();
    const make = (globalThis as { ImageCapture?: ImageCaptureMaker }).ImageCapture;
    if (make !== undefined && track !== undefined) {
      const own = await inTime(new make(track).takePhoto()).catch(() => null);
      // Another kind of picture cannot say where it was taken.
      if (own?.type === 'image/jpeg') return own;
    }
    return drawn(shown);
  }

  #constraints(): MediaStreamConstraints {
    const { width, height } = video_size;
    const size = { width: { ideal: width }, height: { ideal: height } };
    return { video: { facingMode: this.#facing, ...size }, audio: false };
  }

  #take(stream: MediaStream): void {
    // Opened twice at once: the one that is let go of here would stay on for ever.
    this.#end();
    this.stream = stream;
    // Closed, or hidden, while the person was asked.
    if (!this.#wanted) return this.#end();
    const track = this.#track();
    const abilities = track?.getCapabilities?.() as Lit | undefined;
    this.lit = abilities?.torch ? false : null;
    // Another app took it, or the person forbade it.
    track?.addEventListener('ended', () => {
      if (this.stream !== stream) return;
      this.#end();
      this.refused = 'missing';
    });
  }

  #end(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.lit = null;
  }

  #track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }
}

async function drawn(shown: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(shown.videoWidth, shown.videoHeight);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser cannot draw');
  context.drawImage(shown, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: jpeg_quality });
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the camera took no photo')), photo_ms_max);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
