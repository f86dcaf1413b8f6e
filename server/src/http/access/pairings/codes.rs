//! `/api/v1/pairings/codes`: a code that lets one device in, and ways to bring it to a phone.

use axum::{Json, extract::State, http::StatusCode};
use chasqui_shared::{PairingLink, Role, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    http::{app::App, connect, error::ApiError, wire::Brief},
    onboarding::qr_svg,
    system::wall_clock,
};

/// For whom a code is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeOrder {
    #[serde(default = "monitor")]
    role: Role,
}

fn monitor() -> Role {
    Role::Monitor
}

/// A code, and ways to bring it to a phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeAnswer {
    id: u64,
    code: String,
    /// The first of `links`.
    link: String,
    /// The app at each https address with the code in its fragment, best first.
    links: Vec<String>,
    /// What the app scans; no camera app opens it.
    scan: String,
    /// `scan` as a QR code.
    svg: String,
    /// Where a phone begins that does not have the app yet; absent where this laptop answers no
    /// plain http.
    #[serde(skip_serializing_if = "Option::is_none")]
    onboarding: Option<OnboardingPage>,
    expires_at: Timestamp,
    role: Role,
}

/// The page that leads a phone to trust this laptop and to open the app.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnboardingPage {
    /// By plain http, which every phone opens without a warning.
    address: String,
    /// `address` as a QR code.
    svg: String,
}

/// `POST /api/v1/pairings/codes`: a code that lets one device in.
#[utoipa::path(
    post,
    path = "/api/v1/pairings/codes",
    operation_id = "open_code",
    request_body = CodeOrder,
    responses((status = 201, description = "A code", body = CodeAnswer))
)]
pub async fn open_code(
    State(app): State<App>,
    Brief(order): Brief<CodeOrder>,
) -> Result<(StatusCode, Json<CodeAnswer>), ApiError> {
    let opened = app.access.open_code(order.role, wall_clock::now())?;
    let fragment =
        PairingLink { code: opened.code, laptop: app.store.device(), project: app.store.project() };
    let addresses = app.addresses.now();
    let pages = pages(&addresses);
    let links: Vec<_> = pages.iter().map(|at| format!("{at}/{fragment}")).collect();
    let link = links.first().cloned().unwrap_or_else(|| format!("/{fragment}"));
    let scan = fragment.scan_text(pages.first().map(|at| at.as_str()));
    let svg = qr_svg(&scan).ok_or_else(ApiError::internal)?;
    let onboarding = onboarding(&addresses);
    let answer = CodeAnswer {
        id: opened.id,
        code: opened.code.to_string(),
        link,
        links,
        scan,
        svg,
        onboarding,
        expires_at: opened.expires_at,
        role: opened.role,
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Where phones open the app: over https, or, where this laptop has none, as it is. Loopback only
/// where there is nothing else: no phone gets there.
fn pages(addresses: &[String]) -> Vec<&String> {
    let https: Vec<_> = addresses.iter().filter(|at| at.starts_with("https://")).collect();
    let all = if https.is_empty() { addresses.iter().collect() } else { https };
    let elsewhere: Vec<_> = all.iter().filter(|at| is_elsewhere(at)).copied().collect();
    if elsewhere.is_empty() { all } else { elsewhere }
}

/// Where a new phone begins: at the best address of plain http, on loopback only where there is
/// nothing else.
fn onboarding(addresses: &[String]) -> Option<OnboardingPage> {
    let mut http = addresses.iter().filter(|at| at.starts_with("http://"));
    let base = http.clone().find(|at| is_elsewhere(at)).or_else(|| http.next())?;
    let address = format!("{base}{}", connect::PAGE);
    let svg = qr_svg(&address)?;
    Some(OnboardingPage { address, svg })
}

fn is_elsewhere(address: &str) -> bool {
    !address.contains("://127.") && !address.contains("://[::1]")
}
