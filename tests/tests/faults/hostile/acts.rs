//! What a hostile phone does. Each is one act of a kind; which, how much and with what bytes, the
//! seed decides.

mod access;
mod connections;
mod files;
mod logs;
mod questions;

use fastrand::Rng;

use super::{device::Device, honest::Honest};

/// One kind of act, and its name.
pub type Act = (&'static str, fn(&mut Device, &[Honest; 2], &mut Rng));

/// All of them.
pub const ACTS: &[Act] = &[
    ("begins many logs", logs::many_logs),
    ("writes a record with many heads and keys of their own", logs::many_heads),
    ("edits the record of an honest phone", logs::edit_of_others),
    ("writes what only managers may", logs::managers_kind),
    ("writes versions that cannot be read", logs::unreadable),
    ("writes the longest notes", logs::long_notes),
    ("forges a signature", logs::forgery),
    ("writes one log two ways", logs::fork),
    ("leaves a gap in a log", logs::gap),
    ("claims an honest phone's log", logs::others_log),
    ("sends again what it sent", logs::again),
    ("sends a batch that is cut", logs::cut),
    ("sends rows with one id", logs::rows_with_one_id),
    ("names files of absurd size", logs::absurd_files),
    ("offers a clock that is not true", questions::false_clock),
    ("offers changes since a meeting that never was", questions::false_meeting),
    ("asks for ranges that are not there", questions::false_ranges),
    ("compares hashes with noise", questions::noise_of_hashes),
    ("asks where versions are that nobody has", questions::unknown_places),
    ("asks whether many files are here", questions::many_held),
    ("searches for odd things", questions::odd_searches),
    ("asks for a record with many versions", questions::history),
    ("announces files and sends none", files::empty_promises),
    ("sends a file that is another", files::wrong_hash),
    ("sends parts of a file out of order", files::wrong_offsets),
    ("leaves uploads in the middle", files::left_half),
    ("asks for odd parts of a file", files::odd_ranges),
    ("takes an honest phone's upload for its own", files::others_upload),
    ("tries wrong codes", access::wrong_codes),
    ("does what only managers may", access::managers_doors),
    ("reports that it is ready, again and again", access::readiness),
    ("sends noise to every path", connections::noise),
    ("listens on many streams", connections::listeners),
    ("asks and does not read", connections::unread),
    ("sends bodies that never end", connections::silent_bodies),
    ("speaks odd HTTP", connections::odd_http),
    ("cuts its connections", connections::cut),
    ("asks on many connections at once", connections::crowd),
];

/// So many random bytes.
fn bytes(random: &mut Rng, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    bytes
}

/// One of some.
fn one_of<T: Copy>(random: &mut Rng, of: &[T]) -> T {
    of[random.usize(0..of.len())]
}
