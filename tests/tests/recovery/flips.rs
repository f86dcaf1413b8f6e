//! Bytes that flip anywhere in the file of a store.

use std::{fs, path::Path};

use chasqui_server::{
    beside,
    store::{FILE_NAME, Store},
};
use chasqui_shared::{ClockDigest, LogView};

use crate::{damage::Pair, laptop::copy};

/// Wherever a byte flips: an audit ends, and never says that all is whole when something that people wrote is not.
#[test]
fn no_flipped_byte_passes_an_audit_while_it_changes_what_is_held() {
    let seed: u64 =
        std::env::var("CHASQUI_SEED").map_or(0x0ddba11, |seed| seed.parse().expect("a number"));
    eprintln!("CHASQUI_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let pair = Pair::new();
    let truth = held(pair.whole.path());
    let bytes = fs::read(pair.hurt.path().join(FILE_NAME)).unwrap();
    let mut noticed = 0;
    for _ in 0..60 {
        let (at, bit) = (random.usize(..bytes.len()), random.u8(..8));
        let copied = copy(pair.hurt.path());
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << bit;
        fs::write(copied.path().join(FILE_NAME), flipped).unwrap();
        match beside::verify(copied.path()) {
            Ok(report) if report.is_whole() => {
                assert_eq!(held(copied.path()), truth, "byte {at}, bit {bit}");
            }
            _ => noticed += 1,
        }
    }
    eprintln!("{noticed} of 60 flips were noticed, the others changed nothing");
}

/// The clock and every version, as a stopped laptop's data has them.
fn held(directory: &Path) -> (ClockDigest, Vec<Vec<u8>>) {
    let store = Store::open_aside(directory).unwrap();
    let view = store.view().unwrap();
    let mut versions = Vec::new();
    for (writer, at) in view.clock().unwrap().iter() {
        for seq in 1..=at.seq {
            let logged = view.entry(writer, seq).unwrap().unwrap();
            versions.push(logged.entry.version.as_slice().to_vec());
        }
    }
    (view.clock_digest().unwrap(), versions)
}
