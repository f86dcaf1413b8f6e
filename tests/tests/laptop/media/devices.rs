//! What each device recorded, against what of it is here.

use axum::http::StatusCode;
use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_shared::{Change, ContentHash, Draft, MediaRef, RecordId, Role};
use serde_json::{Value, json};

use super::begin;

fn file(name: &str, media_type: &str, content: &[u8]) -> MediaRef {
    MediaRef {
        hash: ContentHash(*blake3::hash(content).as_bytes()),
        bytes: content.len() as u64,
        media_type: media_type.into(),
        name: name.into(),
    }
}

fn with_files(note: &str, mut media: Vec<MediaRef>) -> Draft {
    media.sort();
    Draft { media, ..draft(note) }
}

async fn row(app: &Laptop, phone: &Phone) -> Value {
    let rows: Vec<Value> = app.get("/api/v1/devices").await.ok().json();
    let device = phone.log_writer.owner().device.to_string();
    let mut of = rows.into_iter().filter(|row| row["device"] == device.as_str());
    let row = of.next().unwrap();
    assert!(of.next().is_none(), "each device once");
    row
}

#[tokio::test]
async fn a_phone_is_not_complete_while_photos_of_its_records_are_not_here() {
    let app = Laptop::start();
    let mut rosa = Phone::new(&app, 1);
    let photos: [&[u8]; 3] = [b"one", b"two", b"three"];
    let named = photos.map(|bytes| file("foto.jpg", "image/jpeg", bytes));
    let mut all = named.to_vec();
    all.push(file("sonido.webm", "audio/webm", b"sound"));
    rosa.edit(RecordId([1; 16]), with_files("oil", all), Change::Edit, Role::Monitor);
    rosa.record(2, "no photo");
    app.offer(rosa.offer()).await;
    let told = row_of_log(&app).await;
    assert_eq!((&told["entries"]["missing"], &told["standing"]), (&json!(2), &json!("missing")));

    rosa.sync(&app).await;
    let missing = row(&app, &rosa).await;
    assert_eq!(missing["observations"], 2);
    assert_eq!(missing["entries"], json!({ "here": 2, "missing": 0 }));
    assert_eq!(missing["photos"], json!({ "named": 3, "here": 0 }));
    assert_eq!(missing["other_files"], json!({ "named": 1, "here": 0 }));
    assert_eq!((&missing["missing_bytes"], &missing["standing"]), (&json!(16), &json!("missing")));

    for bytes in photos {
        assert_eq!(begin(&app, bytes, bytes).await.status, StatusCode::CREATED);
    }
    let sound_missing = row(&app, &rosa).await;
    assert_eq!(sound_missing["photos"], json!({ "named": 3, "here": 3 }));
    assert_eq!(
        (&sound_missing["missing_bytes"], &sound_missing["standing"]),
        (&json!(5), &json!("missing"))
    );
    assert_eq!(begin(&app, b"sound", b"sound").await.status, StatusCode::CREATED);
    let complete = row(&app, &rosa).await;
    assert_eq!(
        (&complete["missing_bytes"], &complete["standing"]),
        (&json!(0), &json!("complete"))
    );

    // The same is counted anew by a program that starts again.
    let app = app.restart();
    let again = row(&app, &rosa).await;
    assert_eq!((&again["observations"], &again["photos"]), (&json!(2), &complete["photos"]));
}

#[tokio::test]
async fn whoever_corrects_a_note_does_not_have_the_photos() {
    let app = Laptop::start();
    let (mut rosa, mut wilmer) = (Phone::new(&app, 1), Phone::new(&app, 2));
    let record = RecordId([1; 16]);
    let named = vec![file("foto.jpg", "image/jpeg", b"one")];
    let first = with_files("oil", named.clone());
    rosa.edit(record, first, Change::Edit, Role::Monitor);
    rosa.sync(&app).await;
    wilmer.sync(&app).await;
    wilmer.edit(record, with_files("black oil", named), Change::Edit, Role::Monitor);
    wilmer.sync(&app).await;
    let (of_rosa, of_wilmer) = (row(&app, &rosa).await, row(&app, &wilmer).await);
    assert_eq!((&of_rosa["observations"], &of_rosa["photos"]["named"]), (&json!(1), &json!(1)));
    assert_eq!((&of_wilmer["observations"], &of_wilmer["photos"]["named"]), (&json!(0), &json!(0)));
    assert_eq!(
        (&of_rosa["standing"], &of_wilmer["standing"]),
        (&json!("missing"), &json!("complete"))
    );
}

#[tokio::test]
async fn of_a_phone_that_never_came_nothing_is_said_to_be_complete() {
    let app = Laptop::start();
    let (mut rosa, mut wilmer) = (Phone::new(&app, 1), Phone::new(&app, 2));
    rosa.record(1, "oil");
    // Wilmer's phone brings what Rosa's has, as another laptop would.
    let Ok(range) = chasqui_shared::LogView::position(&rosa.log, rosa.log_writer.writer());
    assert_eq!(range.seq, 1);
    let mut batch = rosa.batch();
    batch.writer = wilmer.log_writer.writer();
    app.post_json("/api/v1/changes", &serde_json::to_value(&batch).unwrap()).await.ok();
    wilmer.sync(&app).await;
    let of_rosa = row(&app, &rosa).await;
    assert_eq!((&of_rosa["observations"], &of_rosa["told_at"]), (&json!(1), &json!(null)));
    assert_eq!(of_rosa["standing"], "unknown");
}

/// The only row, of a log whose owner is not known yet.
async fn row_of_log(app: &Laptop) -> Value {
    let rows: Vec<Value> = app.get("/api/v1/devices").await.ok().json();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    row.clone()
}
