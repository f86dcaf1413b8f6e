//! What the engine needs of the network: to ask whom it has reached, and to put a request of the conversation.

use std::future::Future;

use chasqui_shared::{Failure, Hello, Reply, Request};

/// The way to laptops.
pub trait Transport {
    /// `GET /api/v1/hello` at a base address. Gives up after [`HELLO_TIMEOUT_MS`].
    fn hello(&self, base: &str) -> impl Future<Output = Result<Hello, Failure>>;
    /// Puts a request at a base address. Gives up after [`chasqui_shared::limits::REQUEST_TIMEOUT_MS`].
    fn ask(&self, base: &str, request: &Request) -> impl Future<Output = Result<Reply, Failure>>;
}

/// In milliseconds. An absent host costs seconds, so a laptop has this long to say who it is.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only the browser's transport has timers")
)]
pub const HELLO_TIMEOUT_MS: u32 = 1_500;

/// Code of the failure when nobody answered.
pub const UNREACHABLE: &str = "unreachable";
/// Code of the failure when the answer did not come in time; [`chasqui_shared::Session`] says the same.
pub const TIMEOUT: &str = "timeout";

/// Whether a failure means that no laptop answered, rather than that one answered and refused.
pub fn is_absence(failure: &Failure) -> bool {
    failure.code == UNREACHABLE || failure.code == TIMEOUT
}
