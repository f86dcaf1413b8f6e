/**
 * How long a recording is: Chromium writes no length into what it records; going to the end once
 * finds it.
 */
export function measure(recording: HTMLMediaElement): void {
  if (recording.duration !== Infinity) return;
  recording.addEventListener('durationchange', () => (recording.currentTime = 0), { once: true });
  recording.currentTime = Number.MAX_SAFE_INTEGER;
}
