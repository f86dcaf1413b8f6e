//! Finds out who asks, once, and turns away who may not.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Method, Version},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::request_origin::{bearer, host, is_same_origin, peer, session_cookie};
use crate::{
    access::{AccessError, Caller, Credential, Permission, Tried},
    connections::Connection,
    http::{
        app::App,
        capacity::places::{Asker, crowded},
        error::ApiError,
        route::{self, Carries, Matched},
    },
    limits,
    system::wall_clock,
};

/// Answers only requests that name this laptop as their host, pages included.
pub async fn own_host(State(app): State<App>, request: Request, next: Next) -> Response {
    match host(request.uri(), request.headers()) {
        Some(host) if app.access.is_host(host) => next.run(request).await,
        _ => ApiError::from(AccessError::HostRefused).into_response(),
    }
}

/// Lets a request through to its handler, with its [`Caller`], if the caller may; pages and unknown
/// paths are anybody's.
///
/// Who may not is told so before any of the body is waited for.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let permission = match request.extensions().get::<Matched>() {
        Some(matched) => matched.permission(request.method()),
        None => Permission::Anybody,
    };
    let resolved = resolve(&app, &request);
    let caller = match (permission, resolved) {
        // What is anybody's is also theirs whose token is no good any more.
        (Permission::Anybody, resolved) => resolved.unwrap_or(Caller::Nobody),
        (permission, Ok(caller)) => match caller.check(permission) {
            Ok(()) => caller,
            Err(error) => return turn_away(&app, request, &caller, error).await,
        },
        (_, Err(error)) => return turn_away(&app, request, &Caller::Nobody, error).await,
    };
    let connection = request.extensions().get::<Arc<Connection>>();
    if let (Caller::Device(paired), Some(connection)) = (&caller, connection) {
        if !app.connections.join(connection, paired.device) {
            let asker = Asker::of(&app.access, &caller, peer(request.extensions()));
            return crowded(&app.access, asker);
        }
        // Whoever was put out in between is not on a connection that was ended for it.
        if let Err(error) = resolve(&app, &request) {
            return turn_away(&app, request, &Caller::Nobody, error).await;
        }
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Lets a request through that has a place, with its [`Place`]. The place stays with the answer
/// until that is sent.
pub async fn give_place(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or(Caller::Nobody);
    let asker = Asker::of(&app.access, &caller, peer(request.extensions()));
    let Some(place) = app.places.take(asker) else { return crowded(&app.access, asker) };
    request.extensions_mut().insert(place.clone());
    // A file is sent for minutes; it has places of its own.
    let is_upload = route::of(&request).is_some_and(|route| route.carries == Carries::Upload);
    let share = if is_upload { place.upload() } else { place.work().await };
    let Some(_share) = share else { return crowded(&app.access, asker) };
    let mut response = next.run(request).await;
    response.extensions_mut().insert(place);
    response
}

fn resolve(app: &App, request: &Request) -> Result<Caller, AccessError> {
    let (headers, extensions) = (request.headers(), request.extensions());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let shown = match (bearer(headers), session_cookie(headers)) {
        (Some(token), _) => Credential::Token(token),
        // A browser sends the cookie whoever made it send the request.
        (None, Some(_)) if !is_read && !is_same_origin(request.uri(), headers, extensions) => {
            return Err(AccessError::OriginRefused);
        }
        (None, Some(cookie)) => Credential::Session(cookie),
        (None, None) => Credential::None,
    };
    app.access.resolve(shown, peer(extensions), wall_clock::now())
}

/// Says no, after reading what is on its way already, within limits: who still sends is not
/// listening for the answer.
async fn turn_away(app: &App, request: Request, caller: &Caller, error: AccessError) -> Response {
    match error {
        // A phone that was put out asks until a person sees to it.
        AccessError::Revoked | AccessError::ManagerOnly | AccessError::Store(_) => {}
        AccessError::LoopbackOnly => app.access.tried(Tried::Secret, wall_clock::now()),
        _ => app.access.tried(Tried::Entry, wall_clock::now()),
    }
    let asker = Asker::of(&app.access, caller, peer(request.extensions()));
    // Where there is no place to wait in, nothing is waited for.
    if let Some(_place) = app.places.take(asker) {
        let version = request.version();
        pass_over(version, &mut request.into_body(), limits::TURNED_AWAY_BYTES_MAX).await;
    }
    ApiError::from(error).into_response()
}

/// Reads what is left of a body that nobody needs, within [`limits::TURNED_AWAY_TIME_MAX`] and up
/// to a number of bytes, and keeps nothing of it. Over HTTP/1.1, who still sends is not listening
/// for the answer; over HTTP/2 the answer itself ends the sending.
pub async fn pass_over(version: Version, body: &mut Body, bytes_max: u64) {
    if version == Version::HTTP_2 {
        return;
    }
    let passing = async {
        let mut bytes = 0;
        while bytes < bytes_max
            && let Some(Ok(frame)) = body.frame().await
        {
            bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
    };
    // Whether it came to its end does not matter.
    let _ = timeout(limits::TURNED_AWAY_TIME_MAX, passing).await;
}
