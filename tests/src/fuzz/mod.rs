//! What is fuzzed: every decoder, and everything that a peer may say.
//!
//! Each target takes any bytes and panics if a rule is broken, never otherwise. `tests/fuzz` hands
//! them to libFuzzer; `tests/tests/corpora.rs` runs the kept inputs, and mutations of them, with an
//! ordinary compiler.

mod answer;
mod hashes;
mod laptop;
mod lie;
mod messages;
mod place;
mod reply;
mod script;
mod seeds;
mod session;
mod side;
mod take_run;
mod talk;
mod version;
mod whole;

pub use answer::answer;
pub use hashes::hashes;
pub use laptop::{datagram, import, requests};
pub use messages::{messages_cbor, messages_json};
pub use seeds::seeds;
pub use session::session;
pub use take_run::take_run;
pub use version::version;

/// A function that takes any bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is also that of its corpus.
    pub name: &'static str,
    /// Panics if a rule is broken.
    pub run: fn(&[u8]),
}

/// Every target, by name.
pub const TARGETS: [Target; 10] = [
    Target { name: "answer", run: answer },
    Target { name: "datagram", run: datagram },
    Target { name: "hashes", run: hashes },
    Target { name: "import", run: import },
    Target { name: "messages_cbor", run: messages_cbor },
    Target { name: "messages_json", run: messages_json },
    Target { name: "requests", run: requests },
    Target { name: "session", run: session },
    Target { name: "take_run", run: take_run },
    Target { name: "version", run: version },
];
