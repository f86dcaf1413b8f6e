//! Requests from other machines, which the sockets of one machine cannot make: the routes, told an
//! address.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chasqui_harness::{Answer, bearer, in_process::Laptop};
use chasqui_server::access::Premises;
use serde_json::json;

const ELSEWHERE: [u8; 4] = [10, 42, 0, 7];

/// A laptop whose own address is 10.42.0.1.
fn laptop() -> Laptop {
    let own = vec!["10.42.0.1".parse().unwrap()];
    Laptop::in_memory(Premises { names: Vec::new(), own })
}

async fn ask(laptop: &Laptop, from: Option<[u8; 4]>, mut request: Request<Body>) -> Answer {
    request.headers_mut().insert(header::HOST, "10.42.0.1:8080".parse().unwrap());
    laptop.ask_from(from, request).await
}

fn status_by_key(laptop: &Laptop) -> Request<Body> {
    let authorization = bearer(laptop.key.as_str());
    let request = Request::get("/api/v1/status").header(header::AUTHORIZATION, authorization);
    request.body(Body::empty()).unwrap()
}

fn begin_session(laptop: &Laptop) -> Request<Body> {
    let request = Request::post("/api/v1/session").header(header::CONTENT_TYPE, "application/json");
    request.body(json!({ "key": laptop.key.as_str() }).to_string().into()).unwrap()
}

#[tokio::test]
async fn the_managers_key_opens_the_laptop_on_its_own_machine_alone() {
    let laptop = laptop();
    for from in [Some(ELSEWHERE), Some([192, 168, 1, 1]), None] {
        for request in [status_by_key(&laptop), begin_session(&laptop)] {
            assert_eq!(ask(&laptop, from, request).await.failure(), (403, "loopback_only"));
        }
    }
    for from in [[127, 0, 0, 1], [127, 9, 9, 9], [10, 42, 0, 1]] {
        ask(&laptop, Some(from), status_by_key(&laptop)).await.ok();
    }
}

#[tokio::test]
async fn a_session_of_this_machine_is_of_no_use_on_another() {
    let laptop = laptop();
    let begun = ask(&laptop, Some([127, 0, 0, 1]), begin_session(&laptop)).await;
    assert_eq!(begun.status, StatusCode::NO_CONTENT);
    let cookie = begun.header("set-cookie").unwrap().split(';').next().unwrap();
    let with_cookie = || {
        let request = Request::get("/api/v1/status").header(header::COOKIE, cookie);
        request.body(Body::empty()).unwrap()
    };
    ask(&laptop, Some([127, 0, 0, 1]), with_cookie()).await.ok();
    let stolen = ask(&laptop, Some(ELSEWHERE), with_cookie()).await;
    assert_eq!(stolen.failure(), (403, "loopback_only"));
}

#[tokio::test]
async fn a_request_that_names_no_host_is_refused() {
    let request = Request::get("/api/v1/hello").body(Body::empty()).unwrap();
    let answer = laptop().ask_from(None, request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
