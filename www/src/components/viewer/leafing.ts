/** Going through the photos of an observation with a keyboard. */

/**
 * Which of `count` photos a key leads to from the one `at` this place, from 0; `null` if it leads
 * nowhere.
 */
export function photoByKey(key: string, at: number, count: number): number | null {
  const places: Record<string, number> = {
    ArrowLeft: Math.max(0, at - 1),
    ArrowRight: Math.min(count - 1, at + 1),
    Home: 0,
    End: count - 1,
  };
  return Object.hasOwn(places, key) ? places[key]! : null;
}
