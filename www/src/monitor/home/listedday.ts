/** Under which day a record stands in the list. */
import type { PhoneView } from '../../api/types';
import { dayHere, observedDay } from '../../time/observed';

/**
 * Asked for every record whenever the list changes, while a view stays the same until its record
 * changes.
 */
const known = new WeakMap<PhoneView, string>();

/**
 * The day on which it was seen; that of its place in the list where it says a day that has not come
 * yet.
 */
export function listedDay(view: PhoneView): string {
  let day = known.get(view);
  if (day === undefined) {
    day = view.is_ahead ? dayHere(new Date(view.listed_ms)) : observedDay(view.observed_at);
    known.set(view, day);
  }
  return day;
}
