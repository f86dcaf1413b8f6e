/**
 * Reads a QR code off the camera: with the browser's own detector where there is one, else with a
 * small one of ours that is loaded only then.
 */
type Detector = { detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]> };

interface NativeDetector {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const formats = ['qr_code'];
/** Between two looks at the picture: a phone's processor must also draw it. */
const pause_ms = 120;

/** Why there is no picture: the person or the phone forbids it, or there is none to be had. */
export class CameraError extends Error {
  readonly code: 'camera_denied' | 'camera_missing';

  constructor(code: 'camera_denied' | 'camera_missing', cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** Opens the camera at the back. Rejects with a `CameraError`. */
export async function openCamera(): Promise<MediaStream> {
  // An address that is not secure has no `mediaDevices` at all.
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  if (devices === undefined) throw new CameraError('camera_missing');
  const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    return await devices.getUserMedia({ video, audio: false });
  } catch (error) {
    const denied = error instanceof DOMException && error.name === 'NotAllowedError';
    throw new CameraError(denied ? 'camera_denied' : 'camera_missing', error);
  }
}

/** Hands each text that is seen to `found`, until `ended` is aborted. */
export async function watchFor(
  video: HTMLVideoElement,
  found: (text: string) => void,
  ended: AbortSignal,
): Promise<void> {
  const detector = await makeDetector();
  while (!ended.aborted) {
    // Before the first picture there is nothing to look at.
    const codes = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
    if (ended.aborted) return;
    for (const { rawValue } of codes) found(rawValue);
    await new Promise((resolve) => setTimeout(resolve, pause_ms));
  }
}

async function makeDetector(): Promise<Detector> {
  const native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  const supported = await native?.getSupportedFormats().catch((): string[] => []);
  if (native !== undefined && supported?.includes('qr_code')) return new native({ formats });
  const { BarcodeDetector } = await import('qr/decode.js');
  return new BarcodeDetector({ formats: ['qr_code'] });
}
