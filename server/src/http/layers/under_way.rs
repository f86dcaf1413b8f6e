//! Knows of every request until its answer is sent to the end: on which connection, and how fast
//! the other side takes it.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;

use crate::{connections::Connection, http::capacity::places::Place};

/// Keeps a request, and the place that it was given, until the last of its answer is taken or the
/// connection is gone.
pub async fn track(request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<Arc<Connection>>().cloned();
    let under_way = connection.as_ref().map(Connection::request);
    let mut response = next.run(request).await;
    let place = response.extensions_mut().remove::<Place>();
    if response.body().is_end_stream() {
        return response;
    }
    // Events are few bytes in a long time.
    let is_endless = response.headers().get(header::CONTENT_TYPE)
        == Some(&HeaderValue::from_static("text/event-stream"));
    let sending = connection.filter(|_| !is_endless).map(|connection| connection.answer());
    let kept = (under_way, place);
    response.map(|body| {
        Body::new(body.inspect_frame(move |frame| {
            let _until_it_is_sent = &kept;
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            sending.iter().for_each(|sending| sending.took(bytes));
        }))
    })
}
