//! `GET /api/v1/hello`: who this laptop is, signed.

use axum::{Json, extract::State};
use chasqui_shared::{ClockDigest, Hello, HelloNonce, WriterId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{app::App, error::ApiError, wire::Params},
    system::wall_clock,
};

/// The query of a hello.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HelloParams {
    /// Chosen by the asking side, so that no old answer passes for a new one; zeros where it does
    /// not care.
    #[serde(default = "no_nonce")]
    #[param(required = false)]
    nonce: HelloNonce,
}

fn no_nonce() -> HelloNonce {
    HelloNonce([0; HelloNonce::WIDTH])
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
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
#[utoipa::path(
    get,
    path = "/api/v1/hello",
    operation_id = "hello",
    params(HelloParams),
    responses((status = 200, description = "Who this laptop is", body = HelloAnswer))
)]
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
