//! What the engine needs of the network: to ask whom it has reached, and to put a request of the
//! conversation.

use std::{future::Future, ops::Range};

use chasqui_shared::{
    Code, ContentHash, Failure, Hello, HelloNonce, MediaRef, PairingRequest, PairingResponse,
    Readiness, Reply, Request, StoredRequest, StoredResponse, transfer::Placed,
};

/// The way to laptops. `F` is how the phone's disk keeps a file. The requests of a paired phone
/// give up after [`chasqui_shared::limits::REQUEST_TIMEOUT_MS`], where nothing else is said.
pub trait Transport<F> {
    /// `GET /api/v1/hello` at a base address. What it answers is not verified here. Gives up after
    /// 1.5 seconds.
    fn hello(&self, base: &str, nonce: HelloNonce) -> impl Future<Output = Result<Hello, Failure>>;
    /// `POST /api/v1/pairings`. Gives up after [`chasqui_shared::limits::REQUEST_TIMEOUT_MS`].
    fn pair(
        &self,
        base: &str,
        request: &PairingRequest,
    ) -> impl Future<Output = Result<PairingResponse, Failure>>;
    /// Puts a request of a paired phone. Gives up after
    /// [`chasqui_shared::limits::REQUEST_TIMEOUT_MS`].
    fn ask(
        &self,
        base: &str,
        token: &str,
        request: &Request,
    ) -> impl Future<Output = Result<Reply, Failure>>;
    /// `POST /api/v1/readiness`.
    fn report(
        &self,
        base: &str,
        token: &str,
        readiness: &Readiness,
    ) -> impl Future<Output = Result<(), Failure>>;
    /// `POST /api/v1/media/held`.
    fn held(
        &self,
        base: &str,
        token: &str,
        question: &StoredRequest,
    ) -> impl Future<Output = Result<StoredResponse, Failure>>;
    /// Begins the upload of a file, with its first slice. Gives up after `patience_ms`, as
    /// [`Transport::patch`] and [`Transport::slice`] do, with [`Code::Timeout`].
    fn create(
        &self,
        base: &str,
        token: &str,
        file: &MediaRef,
        slice: F,
        patience_ms: u64,
    ) -> impl Future<Output = Result<Placed, Failure>>;
    /// Sends the slice at this offset of an upload; says how much is durable then.
    fn patch(
        &self,
        base: &str,
        token: &str,
        upload: &str,
        offset: u64,
        slice: F,
        patience_ms: u64,
    ) -> impl Future<Output = Result<u64, Failure>>;
    /// These bytes of a file.
    fn slice(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
        bytes: Range<u64>,
        patience_ms: u64,
    ) -> impl Future<Output = Result<F, Failure>>;
    /// The preview of a picture.
    fn preview(
        &self,
        base: &str,
        token: &str,
        file: ContentHash,
    ) -> impl Future<Output = Result<F, Failure>>;
}

/// Whether a failure means that no laptop answered, rather than that one answered and refused.
pub fn is_absence(failure: &Failure) -> bool {
    matches!(failure.code, Code::Unreachable | Code::Timeout)
}

/// What a page is told that asked for something only a laptop has: [`Code::LaptopAway`] if none
/// answered.
pub fn away(failure: Failure) -> Failure {
    if is_absence(&failure) {
        Failure::new(Code::LaptopAway, "the laptop is not in reach: try again near it")
    } else {
        failure
    }
}
