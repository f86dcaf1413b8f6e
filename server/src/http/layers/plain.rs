//! What plain http gives to other machines: how to get to https, and who this laptop is. Nothing
//! else, for everyone on the wifi can read it on its way, and change it.

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chasqui_shared::Code;

use super::request_origin::peer;
use crate::http::{app::App, connect, error::ApiError, route::is_api};

/// Says of a path whether it is for everyone.
pub type IsByPlainHttp = fn(&str) -> bool;

/// Lets through what is for everyone, and everything from this very machine.
///
/// Another page leads to the one that says how to connect; all else is refused with `https_only`.
pub async fn gate(
    State((app, is_by_plain_http)): State<(App, IsByPlainHttp)>,
    request: Request,
    next: Next,
) -> Response {
    let is_here = app.access.is_here(peer(request.extensions()));
    let path = request.uri().path();
    if is_here || is_by_plain_http(path) {
        return next.run(request).await;
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match is_read && !is_api(path) {
        true => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, connect::PAGE)]).into_response()
        }
        false => {
            let message = "this is given by https alone: the addresses are in /api/v1/hello";
            ApiError::new(Code::HttpsOnly, message).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, sync::Arc, time::SystemTime};

    use axum::{body::Body, extract::ConnectInfo, http::Request};
    use tower::ServiceExt;

    use super::*;
    use crate::{
        access::{Access, ManagerKey, Premises},
        http::plain_app,
        media::Media,
        store::Store,
    };

    /// What someone at `peer` gets: the status, and where else to go.
    async fn asked(peer: Option<&str>, method: Method, path: &str) -> (u16, Option<String>) {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(directory.path()).unwrap());
        let stopping = tokio::sync::watch::channel(false).1;
        let key = ManagerKey::open(directory.path()).unwrap();
        let access = Access::new(store, key, Premises::default());
        let media = Media::open(directory.path().join("media"), 0, SystemTime::now());
        let media = Arc::new(media.unwrap());
        let state = App::new(access, directory.path().to_owned(), media, Vec::new(), stopping);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "10.42.0.1:8080")
            .body(Body::empty())
            .unwrap();
        if let Some(peer) = peer {
            let peer = SocketAddr::new(peer.parse().unwrap(), 50_000);
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let routes = plain_app(state);
        let answer = routes.oneshot(request).await.unwrap();
        let location = answer.headers().get(header::LOCATION);
        (answer.status().as_u16(), location.map(|to| to.to_str().unwrap().to_owned()))
    }

    #[tokio::test]
    async fn a_stranger_is_led_to_https_and_this_machine_is_answered() {
        let stranger = Some("10.42.0.7");
        let page = (307, Some("/connect/".to_owned()));
        assert_eq!(asked(stranger, Method::GET, "/").await, page);
        assert_eq!(asked(stranger, Method::GET, "/manager/").await, page);
        assert_eq!(asked(stranger, Method::GET, "/connect/").await, (200, None));
        assert_eq!(asked(stranger, Method::GET, "/api/v1/hello").await, (200, None));
        assert_eq!(asked(stranger, Method::GET, "/api/v1/status").await, (403, None));
        assert_eq!(asked(stranger, Method::POST, "/api/v1/changes").await, (403, None));
        assert_eq!(asked(stranger, Method::POST, "/").await, (403, None));
        assert_eq!(asked(Some("127.0.0.1"), Method::GET, "/api/v1/status").await, (401, None));
    }

    #[tokio::test]
    async fn whoever_cannot_be_told_from_a_stranger_is_one() {
        assert_eq!(asked(None, Method::GET, "/api/v1/status").await, (403, None));
    }
}
