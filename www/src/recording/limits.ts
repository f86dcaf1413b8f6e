/** How long and how fine sounds and films are. A film's seconds weigh as much as a minute of sound. */
export const limits = {
  sound: { ms_max: 30 * 60_000, bits_per_s: 48_000 },
  film: { ms_max: 3 * 60_000, bits_per_s: 2_500_000 },
} as const;

/** Of the sound that goes with a film. */
export const film_sound_bits_per_s = 64_000;
/** Pixels of a film. */
export const film_size = { width: 1280, height: 720 } as const;
/** What is recorded becomes durable this often: no more is lost to a phone that dies. */
export const part_ms = 1_000;
