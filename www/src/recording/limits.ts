/**
 * How long and how fine audio and videos are. A video's seconds weigh as much as a minute of audio.
 */
export const limits = {
  audio: { ms_max: 30 * 60_000, bits_per_s: 48_000 },
  video: { ms_max: 3 * 60_000, bits_per_s: 2_500_000 },
} as const;

/** Of the audio that goes with a video. */
export const video_sound_bits_per_s = 64_000;
/** Pixels of a video. */
export const video_size = { width: 1280, height: 720 } as const;
/** What is recorded becomes durable this often: no more is lost to a phone that dies. */
export const part_ms = 1_000;
