//! `GET /api/v1/hello`: who this laptop is.

use axum::{Json, extract::State, http::StatusCode};
use chasqui_shared::{ClockDigest, Hello, WriterId};
use serde::{Deserialize, Serialize};

use super::{ApiError, App, wire::Params};
use crate::{limits, wall_clock};

/// The query of a hello.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelloParams {
    /// Chosen by the asking side, so that no old answer passes for a new one.
    #[serde(default)]
    nonce: String,
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
    if params.nonce.len() > limits::NONCE_BYTES_MAX {
        let message = format!("a nonce has at most {} bytes", limits::NONCE_BYTES_MAX);
        return Err(ApiError::refused(StatusCode::BAD_REQUEST, "query_malformed", message));
    }
    let committed = app.store.committed();
    Ok(Json(HelloAnswer {
        hello: Hello {
            project: app.store.project(),
            device: committed.owner.device,
            name: app.store.name().to_owned(),
            time: wall_clock::now(),
            addresses: app.addresses.to_vec(),
        },
        software: "chasqui",
        version: env!("CARGO_PKG_VERSION"),
        writer: committed.owner.writer(),
        digest: committed.digest,
    }))
}
