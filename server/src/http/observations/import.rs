//! `POST /api/v1/import?name=`: a file of observations, through the same importer as `chasqui
//! import`.

use std::path::Path;

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
};
use chasqui_shared::Code;
use http_body_util::BodyExt;
use serde::Deserialize;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use utoipa::IntoParams;

use crate::{
    http::{
        app::App,
        error::ApiError,
        layers::admission::pass_over,
        wire::{Params, malformed, zone_of},
    },
    import::{ImportError, ImportOptions, OnChange, Report, import_file},
    limits,
    store::{is_full, laptop_full},
};

/// The query of an import.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportParams {
    /// The name of the file as people know it.
    name: String,
    /// The zone of times that name none, such as `America/Lima`; the laptop's if absent.
    zone: Option<String>,
    /// Whether a row that says something else of a record that is here is taken as a change of it.
    #[serde(default)]
    changes: bool,
    /// Whether rows of a table are taken that have no place.
    #[serde(default)]
    without_place: bool,
}

/// Keeps the body in a file until all of it is there, then takes its rows. Any content type is read
/// by its content.
#[utoipa::path(
    post,
    path = "/api/v1/import",
    operation_id = "import_file",
    params(ImportParams), request_body(description = "The file: GeoJSON or CSV, told by its content", content((Vec<u8> = "application/octet-stream"))),
    responses((status = 200, description = "What became of its rows", body = Report))
)]
pub async fn import(
    State(app): State<App>,
    Params(params): Params<ImportParams>,
    request: Request,
) -> Result<Json<Report>, ApiError> {
    let options = ImportOptions {
        zone: zone_of(params.zone.as_deref())?,
        on_change: if params.changes { OnChange::Edit } else { OnChange::Leave },
        without_place: params.without_place,
    };
    // An upload may last; a few of them leave the laptop free for all others.
    let Ok(_under_way) = app.imports.try_acquire() else { return Err(ApiError::busy()) };
    let (version, mut body) = (request.version(), request.into_body());
    let spooled = spool(&app.spool, &mut body).await;
    if spooled.is_err() {
        // Who still sends is not listening for the answer.
        pass_over(version, &mut body, limits::PASSED_OVER_BYTES_MAX).await;
    }
    let spooled = spooled?;
    let store = app.store.clone();
    let importing = tokio::task::spawn_blocking(move || {
        import_file(&store, spooled.path(), &params.name, &options, &mut |_| {})
    });
    match importing.await {
        Ok(report) => Ok(Json(report?)),
        Err(error) => {
            tracing::error!(%error, "an import panicked");
            Err(ApiError::internal())
        }
    }
}

async fn spool(directory: &Path, body: &mut Body) -> Result<NamedTempFile, ApiError> {
    let failed = |error: std::io::Error| ApiError::from(ImportError::Read(error));
    let spooled = NamedTempFile::new_in(directory).map_err(failed)?;
    let mut file = tokio::fs::File::from_std(spooled.reopen().map_err(failed)?);
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            tracing::debug!(%error, "an upload could not be read");
            malformed("the body ended early or is not packed as its header says")
        })?;
        let Ok(data) = frame.into_data() else { continue };
        bytes += data.len() as u64;
        if bytes > limits::IMPORT_BYTES_MAX {
            return Err(ApiError::too_large(limits::IMPORT_BYTES_MAX));
        }
        file.write_all(&data).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)?;
    Ok(spooled)
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            ImportError::Read(error) => {
                tracing::error!(%error, "an upload could not be kept or read");
                if is_full(&error) {
                    return laptop_full().into();
                }
                let message = "the file could not be kept while it was read; the log says why";
                Self::new(Code::FileUnreadable, message)
            }
            ImportError::TooLarge { bytes_max } => Self::too_large(bytes_max),
            error => Self::new(error.code(), error.to_string()),
        }
    }
}
