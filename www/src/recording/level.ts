/** How loud a microphone hears, so that a person sees that it does. */

/** Between two looks at the audio. */
const pause_ms = 100;
/** A voice at arm's length fills about half of the scale. */
const gain = 4;

/** Tells the loudness, from 0 to 1, until the function that it returns is called, once or more. */
export function watchLevel(stream: MediaStream, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    tell(Math.min(1, Math.sqrt(power) * gain));
  }, pause_ms);
  return () => {
    clearInterval(timer);
    // Whoever stops an audio recording may do so twice: by the button, and with the form that goes.
    if (context.state !== 'closed') void context.close();
  };
}
