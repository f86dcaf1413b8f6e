//! A phone whose wifi broke comes back while its old connection still seems to be there. Time is
//! played here.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::body::Bytes;
use chasqui_server::limits;
use futures_util::{StreamExt, stream};
use tokio::{task::JoinHandle, time::sleep};

use super::*;

const FILE: &[u8] = b"0123456789";

/// A body of which these bytes come, and then nothing more, for ever.
fn silent_after(bytes: &'static [u8]) -> Body {
    let bytes = stream::iter([Ok::<_, Infallible>(Bytes::from_static(bytes))]);
    Body::from_stream(bytes.chain(stream::pending()))
}

/// A body of which a byte comes each second.
fn trickling(bytes: &'static [u8]) -> Body {
    Body::from_stream(stream::iter(bytes).then(|byte| async {
        sleep(Duration::from_secs(1)).await;
        Ok::<_, Infallible>(Bytes::from_static(std::slice::from_ref(byte)))
    }))
}

/// Sends a body to an upload, and returns once its first bytes are on the disk.
async fn sending(app: &Arc<Laptop>, path: &str, body: Body) -> JoinHandle<Answer> {
    let request = Request::patch(path)
        .header("tus-resumable", "1.0.0")
        .header(BYTES.0, BYTES.1)
        .header("upload-offset", "0")
        .body(body)
        .unwrap();
    let asking = app.clone();
    let answer = tokio::spawn(async move { asking.ask(request).await });
    let id = path.rsplit('/').next().unwrap();
    let part = app.directory().join(format!("media/uploads/{id}.part"));
    while std::fs::metadata(&part).unwrap().len() == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    answer
}

async fn start() -> (Arc<Laptop>, String) {
    let app = Arc::new(Laptop::start());
    let path = header(&begin(&app, FILE, b"").await, "location").to_owned();
    (app, path)
}

async fn finish(app: &Laptop, path: &str, offset: u64) {
    let whole = patch(app, path, offset, &FILE[usize::try_from(offset).unwrap()..], None).await;
    assert_eq!(header(&whole, "chasqui-media-hash"), hash(FILE));
}

#[tokio::test(start_paused = true)]
async fn who_asks_where_to_go_on_ends_an_older_request_that_fell_silent() {
    for question in ["head", "held", "post"] {
        let (app, path) = start().await;
        let older = sending(&app, &path, silent_after(b"0123")).await;
        let told = match question {
            "head" => offset(&app, &path).await,
            "held" => held(&app, FILE).await["begun"][0]["offset"].to_string(),
            _ => header(&begin(&app, FILE, b"").await, "upload-offset").to_owned(),
        };
        assert_eq!(told, "4", "{question}");
        let ended = older.await.unwrap();
        assert_eq!(ended.failure(), (423, "upload_busy"), "{question}");
        finish(&app, &path, 4).await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_sends_again_goes_on_in_place_of_an_older_request_that_fell_silent() {
    let (app, path) = start().await;
    let older = sending(&app, &path, silent_after(b"0123")).await;
    let newer = patch(&app, &path, 0, FILE, None).await;
    // What the older left is more than the newer knew of.
    assert_eq!(newer.failure(), (409, "offset_wrong"));
    assert_eq!(older.await.unwrap().failure(), (423, "upload_busy"));
    finish(&app, &path, 4).await;
}

#[tokio::test(start_paused = true)]
async fn who_sends_while_bytes_come_to_an_older_request_is_refused() {
    let (app, path) = start().await;
    let older = sending(&app, &path, trickling(FILE)).await;
    for _ in 0..3 {
        let newer = patch(&app, &path, 0, b"abcdefghij", None).await;
        assert_eq!(newer.failure(), (423, "upload_busy"));
        assert_eq!(offset(&app, &path).await, "0", "nothing is durable yet");
    }
    let whole = older.await.unwrap();
    assert_eq!(header(&whole, "chasqui-media-hash"), hash(FILE));
}

#[tokio::test(start_paused = true)]
async fn of_many_who_want_the_turn_of_one_who_is_silent_one_gets_it() {
    let (app, path) = start().await;
    let older = sending(&app, &path, silent_after(b"0123")).await;
    let newer: Vec<_> = (0..10)
        .map(|_| {
            let (app, path) = (app.clone(), path.clone());
            tokio::spawn(async move { patch(&app, &path, 4, &FILE[4..], None).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for newer in newer {
        statuses.push(newer.await.unwrap().as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [204, 404, 409, 423].contains(status)), "{statuses:?}");
    assert_eq!(older.await.unwrap().status, 423);
    let file = app.get(&format!("{MEDIA}/{}", hash(FILE))).await.ok();
    assert_eq!(file.body, FILE);
}

#[tokio::test(start_paused = true)]
async fn who_is_silent_too_long_is_told_so_and_what_came_is_kept() {
    let (app, path) = start().await;
    let began = tokio::time::Instant::now();
    let silent = sending(&app, &path, silent_after(b"0123")).await;
    assert_eq!(silent.await.unwrap().failure(), (408, "timeout"));
    assert_eq!(began.elapsed().as_secs(), limits::UPLOAD_SILENCE_MAX.as_secs() + 1);
    assert_eq!(offset(&app, &path).await, "4");
}
