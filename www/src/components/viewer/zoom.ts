/**
 * How a photo lies on its stage: how much larger than it fits, and how far it is moved from the
 * middle. All points and lengths are CSS pixels, points from the middle of the stage.
 */
export interface Lay {
  scale: number;
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Stage {
  width: number;
  height: number;
}

/** The whole photo is seen. */
export const whole: Readonly<Lay> = { scale: 1, x: 0, y: 0 };

/** Beyond it a phone's photo shows nothing more. */
export const scale_max = 6;

/**
 * So many times as large as now, within the limits; what lies at `point` stays there as far as it
 * can.
 */
export function zoomed(lay: Lay, factor: number, point: Point, stage: Stage): Lay {
  const scale = Math.min(scale_max, Math.max(1, lay.scale * factor));
  const by = scale / lay.scale;
  const x = point.x - (point.x - lay.x) * by;
  const y = point.y - (point.y - lay.y) * by;
  return held({ scale, x, y }, stage);
}

/** Moved along, until its edge comes to that of the stage. */
export function moved(lay: Lay, by: Point, stage: Stage): Lay {
  return held({ ...lay, x: lay.x + by.x, y: lay.y + by.y }, stage);
}

function held({ scale, x, y }: Lay, { width, height }: Stage): Lay {
  const within = (at: number, length: number) => {
    const most = (length * (scale - 1)) / 2;
    return Math.min(most, Math.max(0 - most, at));
  };
  return { scale, x: within(x, width), y: within(y, height) };
}
