//! Bodies that nobody needs: over HTTP/1.1 they are read before the answer, which is not heard
//! while they are sent; over HTTP/2 the answer ends the sending.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{body::Bytes, http::Version};
use futures_util::{StreamExt, stream};

use super::*;

const FILE: &[u8] = b"0123456789";

/// How many bytes of a body were read before the answer, and the answer.
async fn read_of(
    app: &Laptop,
    version: Version,
    (method, path): (Method, &str),
    headers: &[(&str, &str)],
) -> (usize, u16) {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = read.clone();
    let bytes = stream::iter(FILE).map(move |byte| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok::<_, Infallible>(Bytes::from_static(std::slice::from_ref(byte)))
    });
    let mut request = Request::builder().version(version).method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = app.ask(request.body(Body::from_stream(bytes)).unwrap()).await;
    (read.load(Ordering::SeqCst), answer.status.as_u16())
}

#[tokio::test]
async fn what_nobody_needs_is_read_to_its_end_over_http_1_and_not_at_all_over_http_2() {
    let app = Laptop::start();
    let path = header(&begin(&app, FILE, b"").await, "location").to_owned();
    begin(&app, b"held", b"held").await;
    let (tus, at) = (("tus-resumable", "1.0.0"), ("upload-offset", "0"));
    let (elsewhere, unknown) = (("upload-offset", "3"), format!("{MEDIA}/uploads/00"));
    let held = named(b"held");
    for (asked, headers, status) in [
        ((Method::PATCH, &*path), &[tus, BYTES, elsewhere][..], 409),
        ((Method::PATCH, &*path), &[BYTES, at], 412),
        ((Method::PATCH, &*unknown), &[tus, BYTES, at], 404),
        ((Method::POST, MEDIA), &[tus, BYTES], 400),
        (
            (Method::POST, MEDIA),
            &[tus, BYTES, ("upload-length", "4"), ("upload-metadata", &*held)],
            201,
        ),
    ] {
        for (version, bytes) in [(Version::HTTP_11, FILE.len()), (Version::HTTP_2, 0)] {
            let told = read_of(&app, version, asked.clone(), headers).await;
            assert_eq!(told, (bytes, status), "{asked:?} over {version:?}");
        }
    }
    let whole = patch(&app, &path, 0, FILE, None).await;
    assert_eq!(header(&whole, "chasqui-media-hash"), hash(FILE));
}
