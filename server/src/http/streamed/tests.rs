//! Answers of all lengths, and those that are not written to the end.

use std::time::SystemTime;

use axum::http::StatusCode;
use chasqui_shared::DeviceId;
use http_body_util::BodyExt;

use super::*;
use crate::{
    access::{Access, ManagerKey, Premises},
    http::places::Asker,
    media::Media,
    store::Store,
};

struct Laptop {
    app: App,
    place: Place,
    _directory: tempfile::TempDir,
}

fn laptop() -> Laptop {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).unwrap().into();
    let access = Access::new(store, ManagerKey::random().unwrap(), Premises::default());
    let media = Media::open(directory.path().join("media"), 0, SystemTime::now()).unwrap();
    let stopping = tokio::sync::watch::channel(false).1;
    let spool = directory.path().to_owned();
    let app = App::new(access, spool, media.into(), Vec::new(), stopping);
    let place = app.places.take(Asker::Monitor(DeviceId([1; 32]))).unwrap();
    Laptop { app, place, _directory: directory }
}

/// An answer of so many bytes that then ends so.
async fn answer(
    laptop: &Laptop,
    bytes: usize,
    end: fn() -> Result<(), StoreError>,
) -> Result<Response, ApiError> {
    let write = move |_: &ReadLog, chunks: &mut Chunks| {
        chunks.text(&"x".repeat(bytes))?;
        end()
    };
    streamed(&laptop.app, &laptop.place, "text/plain", write).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_comes_whole_however_long_it_is() {
    let laptop = laptop();
    let chunk = limits::STREAM_CHUNK_BYTES;
    for bytes in [0, 1, chunk - 1, chunk, chunk + 1, 10 * chunk, 100 * chunk + 7] {
        let response = answer(&laptop, bytes, || Ok(())).await.unwrap();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body.len(), bytes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_before_anything_is_sent_is_answered_and_a_later_one_breaks_the_answer_off() {
    let laptop = laptop();
    let chunk = limits::STREAM_CHUNK_BYTES;
    let fail = || Err(StoreError::Damaged { table: "t" });
    let failed = answer(&laptop, chunk - 1, fail).await.unwrap_err().into_response();
    assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
    for (bytes, end) in [
        (10 * chunk, fail as fn() -> _),
        (10 * chunk, || panic!("what is not written to its end is not taken for the whole")),
    ] {
        let response = answer(&laptop, bytes, end).await.unwrap();
        assert!(response.into_body().collect().await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_device_has_so_many_long_answers_at_once_and_who_goes_leaves_room() {
    let laptop = laptop();
    let long = 1_000 * limits::STREAM_CHUNK_BYTES;
    let mut unread = Vec::new();
    for _ in 0..limits::places::DEVICE.streams {
        unread.push(answer(&laptop, long, || Ok(())).await.unwrap());
    }
    let status = async || answer(&laptop, long, || Ok(())).await.unwrap().status();
    assert_eq!(status().await, StatusCode::SERVICE_UNAVAILABLE);
    unread.pop();
    // The one that was given up ends once it is noticed.
    while status().await != StatusCode::OK {
        tokio::task::yield_now().await;
    }
}
