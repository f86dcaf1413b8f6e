//! The API and the pages over HTTP. It knows no tables: handlers ask the store and the importer.
//!
//! `docs/PROTOCOL.md` says what each path takes and gives.

mod access;
mod app;
mod capacity;
mod connect;
mod error;
mod layers;
mod media;
mod observations;
mod openapi;
mod pages;
mod project;
mod route;
mod routes;
mod streamed;
mod sync;
mod wire;

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Extensions, HeaderMap, Method, StatusCode, Version, header},
    middleware,
    response::{IntoResponse, Response},
};
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

pub use app::App;
pub use layers::request_origin::Encrypted;
pub use project::status::{MediaStatus, Status};
pub use route::Route;
pub use routes::ROUTES;

use self::{
    error::ApiError,
    layers::{admission, bodies, cors, guard, plain, under_way},
    media::tus,
};

const COMPRESSED_BYTES_MIN: u64 = 1_024;

/// What `GET /api/v1/openapi.json` answers: the API of this program, as OpenAPI 3.1.
pub fn describe() -> utoipa::openapi::OpenApi {
    openapi::describe(&ROUTES)
}

/// Every path, ready to be served or called. All paths are in [`ROUTES`].
pub fn app(app: App) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(
        DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN)).and(is_no_file),
    );
    let routes = routes::router()
        .fallback(elsewhere)
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed(None) })
        .layer(middleware::from_fn(bodies::meter))
        .layer(MapRequestBodyLayer::new(Body::new))
        .layer(RequestDecompressionLayer::new().gzip(true))
        .layer(middleware::from_fn_with_state(app.clone(), admission::give_place))
        .layer(middleware::from_fn_with_state(app.clone(), admission::admit))
        .layer(middleware::from_fn(guard::guard))
        .layer(compression)
        .layer(middleware::from_fn_with_state(app.clone(), cors::cross_origin))
        .layer(middleware::from_fn_with_state(app.clone(), admission::own_host))
        .layer(middleware::from_fn(tus::speaks_tus))
        .layer(CatchPanicLayer::custom(guard::panicked))
        .layer(middleware::from_fn(under_way::track))
        .layer(middleware::from_fn(guard::headers))
        .layer(middleware::from_fn_with_state(&routes::ROUTES[..], route::mark))
        .with_state(app);
    // Outside of the routes, which are found by their method.
    Router::new().fallback_service(routes).layer(middleware::from_fn(tus::meant))
}

/// The paths of [`app`] as plain http has them: all of them for this machine, few for others.
/// `listener` is where it listens; each request needs its peer, `ConnectInfo<SocketAddr>`.
pub fn plain_app(state: App) -> Router {
    let is_by_plain_http: fn(&str) -> bool = routes::is_by_plain_http;
    app(state.clone())
        .layer(middleware::from_fn_with_state((state, is_by_plain_http), plain::gate))
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
    match (route::is_api(path), is_read) {
        (false, true) => pages::page(path, request.headers()),
        (true, true) => ApiError::not_found().into_response(),
        (true, false) if *request.method() == Method::POST => ApiError::not_found().into_response(),
        (true, false) => ApiError::method_not_allowed(Some("GET, HEAD, POST")).into_response(),
        (false, false) => ApiError::method_not_allowed(Some("GET, HEAD")).into_response(),
    }
}
