//! `/api/v1/audit` and `/api/v1/comparison`: long, and one at a time.

use axum::{Json, extract::State, http::StatusCode};
use chasqui_shared::Notice;
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;

use super::{ApiError, App, meetings::refused, wire::Message};
use crate::{
    audit::{AuditReport, CompareError, CompareReport, audit, compare},
    limits,
    meeting::{PeerUrl, Way, enter},
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

/// `POST /api/v1/audit`: computes everything again that this laptop holds. What is damaged becomes a notice.
#[utoipa::path(
    post,
    path = "/api/v1/audit",
    operation_id = "audit",
    responses((status = 200, description = "What was found", body = AuditReport))
)]
pub async fn order(State(app): State<App>) -> Result<Json<AuditReport>, ApiError> {
    let _alone = alone(&app)?;
    let audited = app.store.read(|view| Ok::<_, StoreError>(audit(view)?.report)).await?;
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
    let url = PeerUrl::parse(&order.url).map_err(refused)?;
    let way = Way::new(url, order.authority.as_deref()).map_err(refused)?;
    let _alone = alone(&app)?;
    let store = app.store.clone();
    let comparing = tokio::task::spawn_blocking(move || {
        let line = enter(&store, &way, order.code.as_deref())?.line;
        compare(&store, &line, order.heal)
    });
    match comparing.await {
        Ok(Ok(report)) => Ok(Json(report)),
        Ok(Err(CompareError::Store(error))) => Err(error.into()),
        Ok(Err(CompareError::Failed(failure))) => Err(refused(failure)),
        Err(error) => {
            tracing::error!(%error, "a comparison panicked");
            Err(ApiError::internal())
        }
    }
}

fn alone(app: &App) -> Result<OwnedSemaphorePermit, ApiError> {
    app.audits.clone().try_acquire_owned().map_err(|_| {
        let message = "an audit goes on already; try again when it has ended";
        ApiError::passing(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
    })
}

fn notices(report: &AuditReport) -> Vec<Notice> {
    let of_entry = |damage: &crate::audit::Damage| {
        let reason = damage.code.clone();
        Some(Notice::EntryDamaged { writer: damage.writer?, seq: damage.seq.unwrap_or(0), reason })
    };
    report.damage.iter().filter_map(of_entry).take(limits::DAMAGE_NOTED_MAX).collect()
}
