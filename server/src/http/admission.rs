//! Finds out who asks, once, and turns away who may not.

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;

use super::{
    ApiError, App,
    asked::{bearer, host, is_same_origin, peer, session_cookie},
    doors::who_may,
};
use crate::{
    access::{AccessError, Caller, Credential, Who},
    limits, wall_clock,
};

/// Answers only requests that name this laptop as their host, pages included.
pub async fn own_host(State(app): State<App>, request: Request, next: Next) -> Response {
    match host(request.uri(), request.headers()) {
        Some(host) if app.access.is_host(host) => next.run(request).await,
        _ => ApiError::from(AccessError::HostRefused).into_response(),
    }
}

/// Lets a request through to its handler, with its [`Caller`], if the caller may; pages and unknown paths are anybody's.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let who = match request.extensions().get::<MatchedPath>() {
        Some(path) => who_may(path.as_str(), request.method()),
        None => Who::Anybody,
    };
    let resolved = resolve(&app, &request);
    let caller = match (who, resolved) {
        // What is anybody's is also theirs whose token is no good any more.
        (Who::Anybody, resolved) => resolved.unwrap_or(Caller::Nobody),
        (who, Ok(caller)) => match caller.check(who) {
            Ok(()) => caller,
            Err(error) => return turn_away(request, error).await,
        },
        (_, Err(error)) => return turn_away(request, error).await,
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
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

/// Says no, after reading what is on its way already, up to a limit: who still sends is not listening for the answer.
async fn turn_away(request: Request, error: AccessError) -> Response {
    pass_over(&mut request.into_body(), limits::TURNED_AWAY_BYTES_MAX).await;
    ApiError::from(error).into_response()
}

/// Reads what is left of a body, up to a limit, and keeps nothing of it.
pub async fn pass_over(body: &mut Body, bytes_max: u64) {
    let mut bytes = 0;
    while bytes < bytes_max
        && let Some(Ok(frame)) = body.frame().await
    {
        bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
}
