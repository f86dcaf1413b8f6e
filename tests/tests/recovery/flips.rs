//! Bytes that flip anywhere in the file of a store.

use std::{fs, path::Path};

use chasqui_harness::copy;
use chasqui_server::{
    commands,
    store::{FILE_NAME, Store, StoreError},
};
use chasqui_shared::{ClockDigest, LogView};

use crate::recovery::damage::Pair;

/// Wherever a byte flips: an audit ends, and never says that all is whole when something that
/// people wrote is not.
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
        match commands::verify(copied.path(), &mut |_| {}) {
            Ok(report) if report.is_whole() => {
                assert_eq!(held(copied.path()), truth, "byte {at}, bit {bit}");
            }
            _ => noticed += 1,
        }
    }
    eprintln!("{noticed} of 60 flips were noticed, the others changed nothing");
}

/// A laptop whose file was overwritten, cut or torn says so and what to do; it neither dies nor
/// begins an empty project.
#[test]
fn a_file_that_the_database_cannot_open_is_an_error_that_says_what_to_do() {
    let pair = Pair::new();
    let bytes = fs::read(pair.hurt.path().join(FILE_NAME)).unwrap();
    let torn: Vec<u8> =
        bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at > 4_096)).collect();
    for damaged in [bytes[..bytes.len() / 3].to_vec(), torn] {
        let copied = copy(pair.hurt.path());
        fs::write(copied.path().join(FILE_NAME), &damaged).unwrap();
        let said = Store::open(copied.path()).unwrap_err();
        assert!(matches!(said, StoreError::Unreadable), "{said:?}");
        assert!(said.to_string().contains("chasqui sync --join"));
        assert_eq!(fs::read(copied.path().join(FILE_NAME)).unwrap(), damaged);
    }
}

/// The clock and every version, as a stopped laptop's data has them.
fn held(directory: &Path) -> (ClockDigest, Vec<Vec<u8>>) {
    let store = Store::open_read_only(directory).unwrap();
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
