/**
 * How much room the phone has left, as far as anybody is told: enough, little, or next to none.
 *
 * It is tried, not asked: the quota that a browser tells of is the same on a full phone as on an
 * empty one.
 */
import { reserve } from '../../storage/reserve';

/** Some 600 photos, or half an hour of videos: time to do something about it. */
export const room_low_bytes = 300_000_000;
/** The next photo or minute of audio may not fit. */
export const room_out_bytes = 10_000_000;

export type RoomLevel = 'enough' | 'low' | 'out';

/** `tries` says whether there is room for so many bytes; null where that cannot be known. */
export async function levelOf(
  tries: (bytes: number) => Promise<boolean | null>,
): Promise<RoomLevel> {
  if ((await tries(room_low_bytes)) !== false) return 'enough';
  return (await tries(room_out_bytes)) === false ? 'out' : 'low';
}

class Room {
  level = $state<RoomLevel>('enough');
  #looking = false;

  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.level = await levelOf((bytes) => reserve.hasRoom(bytes));
    this.#looking = false;
  }
}

export const room = new Room();
