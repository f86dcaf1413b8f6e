//! `/api/v1/readiness`: what a phone says of itself before it goes where no laptop is.

use axum::{extract::State, http::StatusCode};
use chasqui_shared::{Code, Readiness};

use crate::{
    access::Caller,
    http::{app::App, error::ApiError, wire::Brief},
    system::wall_clock,
};

/// `POST /api/v1/readiness`: keeps the device's last report, which its pairing shows. One that says
/// nothing new changes only when it was said.
#[utoipa::path(
    post,
    path = "/api/v1/readiness",
    operation_id = "report_readiness",
    request_body = Readiness,
    responses((status = 204, description = "It is kept"))
)]
pub async fn report(
    State(app): State<App>,
    caller: Caller,
    Brief(readiness): Brief<Readiness>,
) -> Result<StatusCode, ApiError> {
    let Caller::Device(paired) = caller else {
        let message = "only a paired device says whether it is ready";
        return Err(ApiError::new(Code::DeviceOnly, message));
    };
    app.access.report(paired.device, readiness, wall_clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
