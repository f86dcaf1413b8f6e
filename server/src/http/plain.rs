//! What plain http gives to other machines: how to get to https, and who this laptop is. Nothing else, for everyone on
//! the wifi can read it on its way, and change it.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{ApiError, connect};

const HELLO: &str = "/api/v1/hello";

/// Lets through what is for everyone, and everything from this very machine. `listener` is where http listens.
///
/// Another page leads to the one that says how to connect; all else is refused with `https_only`.
pub async fn gate(State(listener): State<IpAddr>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_here = peer.is_some_and(|ConnectInfo(peer)| is_this_machine(peer.ip(), listener));
    let path = request.uri().path();
    if is_here || path == HELLO || connect::PATHS.contains(&path) {
        return next.run(request).await;
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match is_read && !path.starts_with("/api/") && path != "/api" {
        true => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, connect::PAGE)]).into_response()
        }
        false => {
            let message = "this is given by https alone: the addresses are in /api/v1/hello";
            ApiError::refused(StatusCode::FORBIDDEN, "https_only", message).into_response()
        }
    }
}

/// Whether a peer is on the machine that it asks. Where http listens at one address alone, this machine comes from
/// that address; systems drop a packet that claims so and arrives from elsewhere.
pub fn is_this_machine(peer: IpAddr, listener: IpAddr) -> bool {
    let (peer, listener) = (peer.to_canonical(), listener.to_canonical());
    peer.is_loopback() || (!listener.is_unspecified() && peer == listener)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;
    use crate::{
        http::{App, plain_app},
        store::Store,
    };

    /// What someone at `peer` gets: the status, and where else to go.
    async fn asked(peer: Option<&str>, method: Method, path: &str) -> (u16, Option<String>) {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(directory.path()).unwrap());
        let stopping = tokio::sync::watch::channel(false).1;
        let state = App::new(store, directory.path().to_owned(), Vec::new(), stopping);
        let mut request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        if let Some(peer) = peer {
            let peer = SocketAddr::new(peer.parse().unwrap(), 50_000);
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let routes = plain_app(state, [0, 0, 0, 0].into());
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
        assert_eq!(asked(stranger, Method::GET, HELLO).await, (200, None));
        assert_eq!(asked(stranger, Method::GET, "/api/v1/status").await, (403, None));
        assert_eq!(asked(stranger, Method::POST, "/api/v1/changes").await, (403, None));
        assert_eq!(asked(stranger, Method::POST, "/").await, (403, None));
        assert_eq!(asked(Some("127.0.0.1"), Method::GET, "/api/v1/status").await, (200, None));
    }

    #[tokio::test]
    async fn whoever_cannot_be_told_from_a_stranger_is_one() {
        assert_eq!(asked(None, Method::GET, "/api/v1/status").await, (403, None));
    }

    #[test]
    fn only_this_machine_is_taken_for_it() {
        for (peer, listener, here) in [
            ("127.0.0.1", "0.0.0.0", true),
            ("127.8.8.8", "0.0.0.0", true),
            ("::1", "::", true),
            ("::ffff:127.0.0.1", "::", true),
            ("10.42.0.1", "10.42.0.1", true),
            ("::ffff:10.42.0.1", "10.42.0.1", true),
            ("10.42.0.7", "10.42.0.1", false),
            ("10.42.0.7", "0.0.0.0", false),
            ("0.0.0.0", "0.0.0.0", false),
            ("::ffff:10.42.0.7", "::", false),
        ] {
            let said = is_this_machine(peer.parse().unwrap(), listener.parse().unwrap());
            assert_eq!(said, here, "{peer} at {listener}");
        }
    }
}
