//! How much of the laptop callers have at once: one, and all of a kind together.
//!
//! The sums: an answer that nobody reads holds some 0.3 MB, most of it the packer's. All places of
//! all kinds taken by those who do not read are some 400 MB; one device takes 15 MB at the most,
//! and 24 MB with bodies.

/// How much there is of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Requests from when they are let in until their answers are sent.
    pub under_way: usize,
    /// Requests that are worked at; the caller's others wait.
    pub working: usize,
    /// Requests that bring a file.
    pub uploads: usize,
    /// Answers that are written while they are sent.
    pub streams: usize,
    /// Pages that listen to events; of a caller who opens one more, the oldest ends.
    pub listeners: usize,
    /// Bytes of body that are read and held, unpacked. Decoded and admitted, a body is held some
    /// three times over.
    pub body_bytes: usize,
}

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Of the manager at this machine.
pub const HERE: Numbers = Numbers {
    under_way: 512,
    working: 256,
    uploads: 64,
    streams: 8,
    listeners: 16,
    body_bytes: 32 * MIB,
};
/// Of all managers' devices.
pub const MANAGERS: Numbers = Numbers {
    under_way: 256,
    working: 64,
    uploads: 64,
    streams: 8,
    listeners: 32,
    body_bytes: 32 * MIB,
};
/// Of all other devices that were let in.
pub const MONITORS: Numbers = Numbers {
    under_way: 512,
    working: 128,
    uploads: 128,
    streams: 16,
    listeners: 128,
    body_bytes: 64 * MIB,
};
/// Of one device.
pub const DEVICE: Numbers = Numbers {
    under_way: 48,
    working: 8,
    uploads: 16,
    streams: 4,
    listeners: 4,
    body_bytes: 24 * MIB,
};
/// Of everybody at this machine who did not say who it is.
pub const LOCAL: Numbers =
    Numbers { under_way: 128, working: 64, uploads: 0, streams: 0, listeners: 0, body_bytes: MIB };
/// Of everybody else who was never let in.
pub const STRANGERS: Numbers = Numbers { under_way: 256, ..LOCAL };
/// Of one address of those.
pub const STRANGER: Numbers =
    Numbers { under_way: 64, working: 16, body_bytes: 256 * KIB, ..STRANGERS };
/// Callers that are remembered though nothing of them is under way.
pub const ASKERS_KEPT: usize = 256;
