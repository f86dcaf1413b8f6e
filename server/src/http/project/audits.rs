//! `/api/v1/audit` and `/api/v1/comparison`: long, and one at a time.

use axum::{Json, extract::State};
use chasqui_shared::{Code, Notice};
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::{IntoParams, ToSchema};

use crate::{
    audit::{
        AuditReport, CompareError, CompareReport, FilesReport, audit, compare,
        notices as notices_of_files, notices_of_entries,
    },
    http::{
        app::App,
        error::ApiError,
        wire::{Message, Params},
    },
    peer_sync::{PeerAccess, PeerUrl, enter},
    store::StoreError,
};

/// With whom to compare.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparisonOrder {
    /// Its base address; see [`PeerUrl`].
    url: String,
    /// Its own authority as PEM, for https.
    #[serde(default)]
    authority: Option<String>,
    /// Whether to heal this laptop's store from it first.
    #[serde(default)]
    heal: bool,
    /// The code by which the other laptop is to let this one in first.
    #[serde(default)]
    code: Option<String>,
}

/// The query of an audit.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    /// Whether to hash the files, too; true if absent.
    #[serde(default = "files")]
    #[param(default = true)]
    files: bool,
}

fn files() -> bool {
    true
}

/// `POST /api/v1/audit`: computes everything again that this laptop holds. What is damaged becomes
/// a notice, and a file that is damaged is set aside.
#[utoipa::path(
    post,
    path = "/api/v1/audit",
    operation_id = "audit",
    params(AuditParams),
    responses((status = 200, description = "What was found", body = AuditReport))
)]
pub async fn order(
    State(app): State<App>,
    Params(params): Params<AuditParams>,
) -> Result<Json<AuditReport>, ApiError> {
    let _alone = alone(&app)?;
    let mut audited = app.store.read(|view| Ok::<_, StoreError>(audit(view)?.report)).await?;
    if params.files {
        audited.media = Some(audit_files(&app).await?);
    }
    let notices = notices(&audited);
    if !notices.is_empty() {
        let note = move |log: &mut crate::store::WriteLog<'_>| {
            notices.iter().for_each(|notice| log.note(notice.clone()));
            Ok(())
        };
        app.store.write(0, note).await?;
    }
    Ok(Json(audited))
}

/// `POST /api/v1/comparison`: with another laptop; heals this one if ordered to.
#[utoipa::path(
    post,
    path = "/api/v1/comparison",
    operation_id = "compare",
    request_body = ComparisonOrder,
    responses((status = 200, description = "What differs, and what was moved", body = CompareReport))
)]
pub async fn compare_with(
    State(app): State<App>,
    Message(order): Message<ComparisonOrder>,
) -> Result<Json<CompareReport>, ApiError> {
    let url = PeerUrl::parse(&order.url).map_err(ApiError::of_peer)?;
    let way = PeerAccess::new(url, order.authority.as_deref()).map_err(ApiError::of_peer)?;
    let _alone = alone(&app)?;
    let store = app.store.clone();
    let comparing = tokio::task::spawn_blocking(move || {
        let line = enter(&store, &way, order.code.as_deref())?.line;
        compare(&store, &line, order.heal)
    });
    match comparing.await {
        Ok(Ok(report)) => Ok(Json(report)),
        Ok(Err(CompareError::Store(error))) => Err(error.into()),
        Ok(Err(CompareError::Failed(failure))) => Err(ApiError::of_peer(failure)),
        Err(error) => {
            tracing::error!(%error, "a comparison panicked");
            Err(ApiError::internal())
        }
    }
}

/// No view of the store is open while files are read, which may last.
async fn audit_files(app: &App) -> Result<FilesReport, ApiError> {
    let media = app.media.clone();
    let hashing = tokio::task::spawn_blocking(move || FilesReport::hash(media.blobs()));
    let hashed = hashing.await.map_err(|error| {
        tracing::error!(%error, "an audit of files panicked");
        ApiError::internal()
    })?;
    let media = app.media.clone();
    Ok(app.store.read(move |view| hashed.compare(view, media.blobs())).await?)
}

fn alone(app: &App) -> Result<OwnedSemaphorePermit, ApiError> {
    app.audits.clone().try_acquire_owned().map_err(|_| {
        let message = "an audit goes on already; try again when it has ended";
        ApiError::new(Code::Busy, message)
    })
}

fn notices(report: &AuditReport) -> Vec<Notice> {
    let entries = notices_of_entries(&report.damage);
    let files = report.media.iter().flat_map(|media| notices_of_files(&media.damaged.hashes));
    entries.chain(files).collect()
}
