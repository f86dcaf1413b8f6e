//! What an observation says, as a hash.

use chasqui_shared::{Draft, ObservedAt, to_cbor};

/// The hash of what a row says, without its counters, wherever it is read: where its time named no
/// zone, of the clock as it was written. `None` if the row cannot be written.
pub(in crate::import) fn content_hash_without(
    draft: &Draft,
    counters: &[String],
) -> Option<[u8; 32]> {
    let observed_at = draft.observed_at.map(|at| clock_of(at, draft.zone_assumed));
    let mut content = Draft { observed_at, source: String::new(), ..draft.clone() };
    content.answers.retain(|name, _| !counters.contains(name));
    to_cbor(&content).ok().map(|content| *blake3::hash(&content).as_bytes())
}

/// A time whose zone was assumed is compared by its clock.
pub(in crate::import) fn clock_of(at: ObservedAt, zone_assumed: bool) -> ObservedAt {
    if zone_assumed { at.with_clock_at_zero() } else { at }
}
