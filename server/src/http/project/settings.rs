//! `/api/v1/settings`: what managers decided for all phones of the project.

use axum::{Json, extract::State, http::StatusCode};
use chasqui_shared::{Code, Settings, limits};
use serde_json::Value;

use crate::{
    http::{app::App, error::ApiError, wire::Brief},
    project::settings,
};

/// `GET /api/v1/settings`: what stands; what holds if nobody ever said anything, else.
#[utoipa::path(
    get,
    path = "/api/v1/settings",
    operation_id = "show_settings",
    responses((status = 200, description = "What stands", body = Settings))
)]
pub async fn show(State(app): State<App>) -> Result<Json<Settings>, ApiError> {
    Ok(Json(app.store.read(settings::shown).await?))
}

/// `POST /api/v1/settings`: decides anew; what stands already is stored no second time.
#[utoipa::path(
    post,
    path = "/api/v1/settings",
    operation_id = "decide_settings",
    request_body = Settings,
    responses((status = 200, description = "As stored", body = Settings))
)]
pub async fn decide(
    State(app): State<App>,
    Brief(wanted): Brief<Value>,
) -> Result<Json<Settings>, ApiError> {
    let read = serde_json::from_value::<Settings>(wanted);
    let wanted = read.map_err(|error| {
        let message = format!("these are no settings: {error}");
        ApiError::new(Code::SettingsMalformed, message).under(StatusCode::BAD_REQUEST)
    })?;
    if !wanted.photos.is_sound() {
        let (least, most) = (limits::PHOTO_PIXELS_MIN, limits::PHOTO_PIXELS_MAX);
        let message =
            format!("photos are scaled to {least} to {most} pixels, at a quality from 1 to 100");
        return Err(ApiError::new(Code::SettingsMalformed, message));
    }
    app.store.write(1, move |log| settings::decide(log, wanted)).await?;
    Ok(Json(wanted))
}
