//! The laptop under faults: the real program over a real file is killed, its disk fills up, and
//! clients trickle, vanish and come all at once.
//!
//! The program is the one that `CHASQUI` names, else the one built beside these tests.
//! `CHASQUI_SEED=…` repeats the sizes and moments of a run; what the scheduler makes of them it
//! cannot repeat.
mod auditor;
mod crowd;
mod full_disk;
mod greedy;
mod hostile;
mod kill;
mod panic;
mod silence;
#[cfg(target_os = "linux")]
mod soak;
mod upload;
mod uploads;

use std::hash::{BuildHasher, RandomState};

/// The random numbers of one test, from the seed that it prints.
fn random(test: &str) -> fastrand::Rng {
    let seed = std::env::var("CHASQUI_SEED")
        .map_or_else(|_| RandomState::new().hash_one(test), |seed| seed.parse().unwrap());
    eprintln!("CHASQUI_SEED={seed} repeats {test}");
    fastrand::Rng::with_seed(seed)
}
