//! What a broken or hostile sender makes of an honest run.

use chasqui_shared::{
    Chain, LogOwner, Origin, Quarantine, Run, RunEntry, SignatureBytes, VersionBytes, WriterId,
    from_cbor, limits,
};

use super::{
    script::Step,
    side::{Side, noise},
};

/// Bends a run: `a` says how, `b` where, `c` how far.
pub(super) fn bend(run: &mut Run, step: Step) {
    let Step { a, b, c, .. } = step;
    let nth = usize::from(b) % run.entries.len().max(1);
    match a % 16 {
        0 => run.owner = None,
        1 => run.owner = Some(other_owner(c)),
        2 => run.writer.0[nth % WriterId::WIDTH] ^= c,
        3 => run.after.seq = run.after.seq.saturating_add(c.into()),
        4 => run.after.chain.0[usize::from(b) % Chain::WIDTH] ^= c,
        5 => run.after.seq = limits::SEQ_MAX - u64::from(c),
        6 => run.entries.truncate(nth),
        7 => run.entries.rotate_left(nth),
        8 => run.entries.extend_from_within(..nth),
        _ => {
            if let Some(entry) = run.entries.get_mut(nth) {
                bend_entry(entry, step);
            }
        }
    }
}

fn bend_entry(entry: &mut RunEntry, step: Step) {
    let Step { a, c, .. } = step;
    match a % 16 {
        9 => entry.signature.0[usize::from(c) % SignatureBytes::WIDTH] ^= 1 << (c % 8),
        10 => entry.version = noise(&[a, c]),
        11 => entry.version = too_large(),
        12 => {
            let message = "the sender says so".into();
            entry.quarantine = Some(Quarantine { code: "said".into(), message });
        }
        13 => entry.quarantine = None,
        14 => entry.origin = None,
        _ => {
            let (previous, signature) = (Chain([c; 32]), entry.signature);
            entry.origin =
                Some(Origin { owner: other_owner(c), seq: c.into(), previous, signature });
        }
    }
}

/// Whose log it is not.
fn other_owner(n: u8) -> LogOwner {
    Side::new(n % 8, true).log_writer.owner()
}

/// One byte more than is ever kept.
fn too_large() -> VersionBytes {
    let bytes = limits::VERSION_BYTES_MAX + 1;
    let mut cbor = vec![0x5a];
    cbor.extend(u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes());
    cbor.resize(cbor.len() + bytes, 0);
    from_cbor(&cbor).expect("a byte string of the length that its head says")
}
