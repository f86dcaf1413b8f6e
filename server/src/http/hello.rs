//! `GET /api/v1/hello`: who this laptop is, signed.

use axum::{Json, extract::State};
use chasqui_shared::{ClockDigest, Hello, HelloNonce, WriterId};
use serde::{Deserialize, Serialize};

use super::{ApiError, App, wire::Params};
use crate::wall_clock;

/// The query of a hello.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelloParams {
    /// Chosen by the asking side, so that no old answer passes for a new one; zeros where it does not care.
    #[serde(default = "no_nonce")]
    nonce: HelloNonce,
}

fn no_nonce() -> HelloNonce {
    HelloNonce([0; HelloNonce::WIDTH])
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct HelloAnswer {
    #[serde(flatten)]
    hello: Hello,
    /// Always `chasqui`.
    software: &'static str,
    /// Of the program.
    version: &'static str,
    /// The log that this laptop writes.
    writer: WriterId,
    /// Of everything that it holds.
    digest: ClockDigest,
}

/// Says who this laptop is, what it holds and what time it has.
pub async fn hello(
    State(app): State<App>,
    Params(params): Params<HelloParams>,
) -> Result<Json<HelloAnswer>, ApiError> {
    let committed = app.store.committed();
    Ok(Json(HelloAnswer {
        hello: app.store.hello(app.addresses.now().to_vec(), wall_clock::now(), params.nonce),
        software: "chasqui",
        version: env!("CARGO_PKG_VERSION"),
        writer: committed.owner.writer(),
        digest: committed.digest,
    }))
}
