//! The API and the pages over HTTP. It knows no tables: handlers ask the store and the importer.
//!
//! `server/PROTOCOL.md` says what each path takes and gives.

mod admission;
mod asked;
mod audits;
mod bodies;
mod changes;
mod connect;
mod cors;
mod custody;
mod devices;
mod doors;
mod error;
mod events;
mod guard;
mod held;
mod hello;
mod import;
mod listeners;
mod media;
mod meetings;
mod notices;
mod observation;
mod observations;
mod openapi;
mod pages;
mod pairings;
mod peers;
mod places;
mod plain;
mod points;
mod previews;
mod put_out;
mod readiness;
mod session;
mod settings;
mod sought;
mod status;
mod streamed;
mod submitted;
mod sync;
mod tus;
mod under_way;
mod wire;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tokio::sync::{Semaphore, watch};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate, SizeAbove},
    },
    decompression::RequestDecompressionLayer,
    map_request_body::MapRequestBodyLayer,
};

pub use asked::Encrypted;
pub use doors::{DOORS, Door};
pub use error::ApiError;
pub use status::{MediaStatus, Status};

use self::{listeners::Listeners, places::Places};
use crate::{
    access::Access,
    addresses::Addresses,
    audit::Versions,
    connections::{Connections, Numbers},
    contributions::Contributions,
    https::PublicAuthority,
    limits,
    media::Media,
    meeting::Meetings,
    store::Store,
    tally::Tallies,
};

const COMPRESSED_BYTES_MIN: u64 = 1_024;

/// What the handlers share.
#[derive(Clone, Debug)]
pub struct App {
    access: Arc<Access>,
    store: Arc<Store>,
    /// Base addresses under which this laptop answers, best first.
    addresses: Addresses,
    /// Where uploads are kept while they are read.
    spool: Arc<PathBuf>,
    media: Arc<Media>,
    /// True once the program is stopping; ends what would go on for ever.
    stopping: watch::Receiver<bool>,
    connections: Arc<Connections>,
    places: Arc<Places>,
    listeners: Arc<Listeners>,
    imports: Arc<Semaphore>,
    meetings: Arc<Meetings>,
    /// One audit at a time.
    audits: Arc<Semaphore>,
    versions: Arc<Versions>,
    tallies: Arc<Tallies>,
    contributions: Arc<Contributions>,
    /// What phones are told to trust, if it is this laptop's own.
    authority: Option<Arc<PublicAuthority>>,
}

impl App {
    /// The laptop behind a door. `spool` is a directory for uploads on their way; `media` are the files beside the records; `addresses` are told to whoever says hello.
    pub fn new(
        access: Access,
        spool: PathBuf,
        media: Arc<Media>,
        addresses: impl Into<Addresses>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let (store, access) = (access.store().clone(), Arc::new(access));
        Self {
            connections: Connections::new(access.clone(), Numbers::for_files(u64::MAX)),
            access,
            meetings: Meetings::new(store.clone(), media.clone(), stopping.clone()),
            store,
            addresses: addresses.into(),
            spool: Arc::new(spool),
            media,
            stopping,
            places: Arc::default(),
            listeners: Arc::default(),
            imports: Arc::new(Semaphore::new(limits::IMPORTS_MAX)),
            audits: Arc::new(Semaphore::new(1)),
            versions: Arc::default(),
            tallies: Arc::default(),
            contributions: Arc::default(),
            authority: None,
        }
    }

    /// Gives phones this authority to trust.
    pub fn with_authority(self, authority: Option<PublicAuthority>) -> Self {
        Self { authority: authority.map(Arc::new), ..self }
    }

    /// Takes as many connections as a process may have that can open so many files.
    pub fn with_open_files(self, files: u64) -> Self {
        let connections = Connections::new(self.access.clone(), Numbers::for_files(files));
        Self { connections, ..self }
    }

    /// Who comes, for those who listen.
    pub fn connections(&self) -> &Arc<Connections> {
        &self.connections
    }

    /// The meetings with other laptops, to be waited for at the end.
    pub fn meetings(&self) -> Arc<Meetings> {
        self.meetings.clone()
    }
}

/// Every path, ready to be served or called. Who may ask for which is in [`DOORS`].
pub fn app(app: App) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(
        DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN)).and(is_no_file),
    );
    let routes = Router::new()
        .route("/api/v1/openapi.json", get(openapi::show))
        .route("/api/v1/hello", get(hello::hello))
        .route("/api/v1/sync/offer", post(sync::offer))
        .route("/api/v1/sync/hashes", post(sync::hashes))
        .route("/api/v1/sync/places", post(sync::places))
        .route("/api/v1/changes", post(sync::push))
        .route("/api/v1/changes/wanted", post(sync::pull))
        .route("/api/v1/observations", get(observations::list).post(submitted::submit))
        .route("/api/v1/observations/{record}", get(observation::show))
        .route("/api/v1/media", post(tus::create).options(tus::options))
        .route("/api/v1/media/held", post(held::held))
        .route("/api/v1/media/uploads/{id}", get(tus::offset).patch(tus::go_on))
        .route("/api/v1/media/{hash}", get(media::show))
        .route("/api/v1/media/{hash}/preview", get(previews::show))
        .route(import::PATH, post(import::import))
        .route("/api/v1/audit", post(audits::order))
        .route("/api/v1/comparison", post(audits::compare_with))
        .route("/api/v1/meetings", get(meetings::list).post(meetings::begin))
        .route("/api/v1/records/{record}/custody", get(custody::show))
        .route("/api/v1/status", get(status::status))
        .route("/api/v1/peers", get(peers::peers))
        .route("/api/v1/devices", get(devices::devices))
        .route("/api/v1/notices", get(notices::notices))
        .route("/api/v1/notices/done", post(notices::finish))
        .route("/api/v1/pairings", get(pairings::list).post(pairings::pair))
        .route("/api/v1/pairings/codes", post(pairings::open_code))
        .route("/api/v1/pairings/{device}/name", post(pairings::rename))
        .route("/api/v1/pairings/{device}/role", post(pairings::set_role))
        .route("/api/v1/pairings/{device}/revoke", post(pairings::revoke))
        .route("/api/v1/pairings/{device}/aside", post(pairings::set_aside))
        .route("/api/v1/settings", get(settings::show).post(settings::decide))
        .route("/api/v1/readiness", post(readiness::report))
        .route("/api/v1/session", get(session::show).post(session::begin))
        .route("/api/v1/session/end", post(session::end))
        .route("/api/v1/events", get(events::events))
        .route("/connect", get(connect::page))
        .route("/connect/", get(connect::page))
        .route("/connect/tick.js", get(connect::tick))
        .route("/authority.crt", get(connect::authority_der))
        .route("/authority.pem", get(connect::authority_pem))
        .fallback(elsewhere)
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed(None) })
        .layer(middleware::from_fn(bodies::meter))
        .layer(MapRequestBodyLayer::new(Body::new))
        .layer(RequestDecompressionLayer::new().gzip(true))
        .layer(middleware::from_fn_with_state(app.clone(), places::give))
        .layer(middleware::from_fn_with_state(app.clone(), admission::admit))
        .layer(middleware::from_fn(guard::guard))
        .layer(compression)
        .layer(middleware::from_fn_with_state(app.clone(), cors::cross_origin))
        .layer(middleware::from_fn_with_state(app.clone(), admission::own_host))
        .layer(middleware::from_fn(tus::speaks_tus))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(middleware::from_fn(under_way::track))
        .layer(middleware::from_fn(guard::headers))
        .with_state(app);
    // Outside of the routes, which are found by their method.
    Router::new().fallback_service(routes).layer(middleware::from_fn(tus::meant))
}

/// The paths of [`app`] as plain http has them: all of them for this machine, few for others. `listener` is where it
/// listens; each request needs its peer, `ConnectInfo<SocketAddr>`.
pub fn plain_app(state: App) -> Router {
    app(state.clone())
        .layer(middleware::from_fn_with_state(state, plain::gate))
        .layer(middleware::from_fn(guard::headers))
}

/// Files, which answer for ranges of themselves, are sent as they are.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// Pages, and paths that nobody knows.
async fn elsewhere(request: Request) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path();
    match (path == "/api" || path.starts_with("/api/"), is_read) {
        (false, true) => pages::page(path, request.headers()),
        (true, true) => ApiError::not_found().into_response(),
        (true, false) if *request.method() == Method::POST => ApiError::not_found().into_response(),
        (true, false) => ApiError::method_not_allowed(Some("GET, HEAD, POST")).into_response(),
        (false, false) => ApiError::method_not_allowed(Some("GET, HEAD")).into_response(),
    }
}
