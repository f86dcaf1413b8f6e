//! What goes wrong: how often, and for which files.

use std::collections::BTreeMap;

use crate::{Code, ContentHash, Failure};

/// What goes wrong in a world. Shares are of 1.
#[derive(Clone, Default)]
pub struct Faults {
    /// The connection breaks in the middle of a request; of a slice, some of it came.
    pub cut: f64,
    /// A request goes through, and its answer is lost.
    pub answer_lost: f64,
    /// Nothing comes of a request.
    pub silent: f64,
    /// A request arrives twice, and the second answer is the one that is heard.
    pub twice: f64,
    /// A request is refused with any code.
    pub refused: f64,
    /// This side starts anew, before a request.
    pub restart: f64,
    /// The peer starts anew, before a request.
    pub peer_restart: f64,
    /// Whether who starts anew has lost the beginnings of files.
    pub forgetful: bool,
    /// Longest time of a way, in milliseconds: what is sent later may arrive earlier.
    pub way_ms: u64,
    /// Files for which every slice is refused.
    pub refused_files: BTreeMap<ContentHash, Code>,
}

impl Faults {
    /// A bad network, and two ends that crash.
    pub fn all(random: &mut fastrand::Rng) -> Self {
        let mut share = |max: f64| if random.bool() { random.f64() * max } else { 0.0 };
        Self {
            cut: share(0.3),
            answer_lost: share(0.2),
            silent: share(0.1),
            twice: share(0.2),
            refused: share(0.2),
            restart: share(0.05),
            peer_restart: share(0.05),
            forgetful: random.bool(),
            way_ms: random.u64(1..4_000),
            refused_files: BTreeMap::new(),
        }
    }

    /// A network that only takes its time.
    pub fn none(way_ms: u64) -> Self {
        Self { way_ms, ..Self::default() }
    }
}

pub fn happens(random: &mut fastrand::Rng, share: f64) -> bool {
    random.f64() < share
}

/// Any failure that a peer can name, or one of a newer peer.
pub fn any_failure(random: &mut fastrand::Rng) -> Failure {
    let place = random.usize(..=Code::ALL.len());
    let code = Code::ALL.get(place).cloned();
    Failure::new(code.unwrap_or(Code::Other("too_tired".into())), "refused")
}
