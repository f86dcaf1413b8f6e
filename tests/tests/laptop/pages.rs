//! The pages and the headers of every answer.

use axum::http::{Method, Request, header};
use chasqui_harness::in_process::Laptop;

#[tokio::test]
async fn every_answer_keeps_a_page_to_itself() {
    let app = Laptop::start();
    for path in ["/", "/manager/", "/api/v1/status", "/api/v1/nothing", "/nothing"] {
        let answer = app.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("'wasm-unsafe-eval'"), "{path}");
        assert!(policy.contains("worker-src 'self' blob:"), "{path}");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
    }
}

#[tokio::test]
async fn the_engine_alone_may_ask_other_addresses_and_only_over_https() {
    let app = Laptop::start();
    for (path, expected) in [
        ("/assets/worker-x.js", "connect-src 'self' https:;"),
        ("/assets/monitor-x.js", "connect-src 'self' data: blob:;"),
        ("/", "connect-src 'self' data: blob:;"),
        ("/manager/", "connect-src 'self' data: blob:;"),
    ] {
        let answer = app.get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains(expected), "{path}: {policy}");
    }
}

/// The pages are built apart; without them the program says so in a sentence.
#[tokio::test]
async fn the_pages_are_there_or_a_sentence_says_how_to_build_them() {
    let app = Laptop::start();
    for path in ["/", "/manager/"] {
        let answer = app.get(path).await;
        match answer.status.as_u16() {
            200 => {
                assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
                assert_eq!(answer.headers[header::CACHE_CONTROL], "no-cache");
                let etag = answer.headers[header::ETAG].clone();
                let request = Request::get(path).header(header::IF_NONE_MATCH, etag);
                let again = app.ask(request.body(Default::default()).unwrap()).await;
                assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
            }
            404 => assert!(answer.text().contains("make www")),
            other => panic!("{path} answered {other}"),
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found_in_the_one_shape() {
    let app = Laptop::start();
    for path in ["/nothing", "/api", "/api/v1/nothing", "/api/v2/status", "/assets/x.js", "/../x"] {
        assert_eq!(app.get(path).await.failure(), (404, "not_found"), "{path}");
    }
}

#[tokio::test]
async fn nothing_is_replaced_or_deleted_and_allow_says_what_is_possible() {
    let app = Laptop::start();
    for method in [Method::PUT, Method::DELETE] {
        for (path, allow) in [
            ("/api/v1/status", "GET,HEAD"),
            ("/api/v1/changes", "POST"),
            ("/api/v1/observations", "GET,HEAD,POST"),
            ("/api/v1/observations/00", "GET,HEAD"),
            ("/api/v1/nothing", "GET, HEAD, POST"),
            ("/", "GET, HEAD"),
        ] {
            let answer = app.send(method.clone(), path, None, Vec::new()).await;
            assert_eq!(answer.failure(), (405, "method_not_allowed"), "{method} {path}");
            assert_eq!(answer.headers[header::ALLOW], allow, "{method} {path}");
        }
    }
}
