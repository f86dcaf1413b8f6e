//! The sync conversation over HTTP.

use std::collections::BTreeSet;

use axum::http::{Request as HttpRequest, header};
use chasqui_harness::{CBOR, JSON, Phone, draft, in_process::Laptop};
use chasqui_shared::{
    BatchResponse, Change, LogView, OfferResponse, Refusal, Reply, Request, Role, Timestamp,
    from_cbor, to_cbor,
};
use serde_json::{Value, json};

#[tokio::test]
async fn what_one_phone_records_reaches_another_through_the_laptop() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    for record in 0..200 {
        alice.record(record, "by Alice");
    }
    bob.record(201, "by Bob");
    alice.sync(&app).await;
    bob.sync(&app).await;
    alice.sync(&app).await;
    assert_eq!(alice.log.clock().unwrap(), bob.log.clock().unwrap());
    assert_eq!(app.store.committed().clock, bob.log.clock().unwrap());
    let status = app.status().await;
    assert_eq!(status["records"], 201);
    assert_eq!(status["entries"], 201);
    assert_eq!(status["writers"], 2);
}

#[tokio::test]
async fn json_says_the_same_as_cbor() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "río");
    let batch = serde_json::to_value(alice.batch()).unwrap();
    let answer = app.post_json("/api/v1/changes", &batch).await.ok();
    assert_eq!(answer.headers[header::CONTENT_TYPE], JSON);
    let answer: BatchResponse = answer.json();
    assert_eq!(answer.runs[0].added, 1);

    let offered = to_cbor(&alice.offer()).unwrap();
    let request = HttpRequest::post("/api/v1/sync/offer").header(header::CONTENT_TYPE, CBOR);
    let as_json = app.ask(request.body(offered.clone().into()).unwrap()).await.ok();
    let as_cbor = app.post("/api/v1/sync/offer", CBOR, offered).await.ok();
    assert_eq!(as_cbor.headers[header::CONTENT_TYPE], CBOR);
    assert_eq!(as_json.json::<OfferResponse>(), from_cbor(&as_cbor.body).unwrap());
}

#[tokio::test]
async fn a_batch_that_is_sent_again_is_known_and_changes_nothing() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "once");
    alice.record(2, "once");
    let request = Request::Push(alice.batch());
    let Reply::Push(first) = app.answer(&request).await else { panic!("not a push") };
    let serial = app.store.committed().serial;
    let Reply::Push(again) = app.answer(&request).await else { panic!("not a push") };
    assert_eq!((first.runs[0].known, first.runs[0].added), (0, 2));
    assert_eq!((again.runs[0].known, again.runs[0].added), (2, 0));
    assert_eq!(again.runs[0].durable, first.runs[0].durable);
    assert_eq!(app.store.committed().serial, serial, "nothing was written");
}

#[tokio::test]
async fn many_phones_push_at_once_and_every_answer_is_true() {
    let app = Laptop::start();
    let mut phones: Vec<_> = (1..=20).map(|device| Phone::new(&app, device)).collect();
    for (at, phone) in phones.iter_mut().enumerate() {
        for record in 0..5 {
            phone.record(at as u8 * 10 + record, "at once");
        }
    }
    let requests: Vec<_> = phones.iter().map(|phone| Request::Push(phone.batch())).collect();
    let pushes = requests.iter().map(|request| app.answer(request));
    for reply in futures_join(pushes).await {
        let Reply::Push(answer) = reply else { panic!("not a push") };
        assert_eq!(answer.runs[0].added, 5);
    }
    let clock = app.store.committed().clock.clone();
    let app = app.restart();
    assert_eq!(app.store.committed().clock, clock);
    assert_eq!(app.store.committed().counts.entries, 100);
}

/// Polls all to their ends, so that their jobs wait together.
async fn futures_join<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, done) in &mut futures {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        match futures.iter().all(|(_, done)| done.is_some()) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
    futures.into_iter().filter_map(|(_, done)| done).collect()
}

#[tokio::test]
async fn the_last_meeting_is_remembered_over_a_restart() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    alice.record(1, "before");
    alice.sync(&app).await;
    bob.record(2, "meanwhile");
    bob.sync(&app).await;
    let app = app.restart();
    alice.record(3, "after");
    let offered = alice.offer();
    assert!(offered.clock.is_none(), "only what moved is told");
    let answer = app.offer(offered).await;
    assert!(!answer.clock_wanted);
    assert_eq!(answer.wanted.len(), 1);
    assert_eq!(answer.offered.len(), 1);
}

#[tokio::test]
async fn equal_clocks_cost_one_small_round_trip() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "here");
    alice.sync(&app).await;
    let body = to_cbor(&alice.offer()).unwrap();
    let sent = body.len();
    let answer = app.post("/api/v1/sync/offer", CBOR, body).await.ok();
    assert!(sent <= 300 && answer.body.len() <= 300, "{sent} and {}", answer.body.len());
}

#[tokio::test]
async fn a_phone_restored_from_a_backup_gets_its_records_back() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    alice.record(1, "kept");
    let mut backup = alice.clone();
    alice.record(2, "lost with the phone");
    alice.sync(&app).await;
    backup.record(3, "after the restore");
    let writer = backup.log_writer.writer();
    backup.sync(&app).await;
    assert_ne!(backup.log_writer.writer(), writer, "it goes on in a new log");
    assert_eq!(backup.log.records().count(), 3);
    assert_eq!(app.status().await["records"], 3);
    backup.sync(&app).await;

    let mut empty = Phone::new(&app, 1);
    empty.sync(&app).await;
    let notices: Vec<Value> = app.get("/api/v1/notices").await.json();
    let codes: BTreeSet<_> =
        notices.iter().map(|notice| notice["code"].as_str().unwrap()).collect();
    assert_eq!(codes, BTreeSet::from(["device_new", "log_forked", "log_lost"]));
}

#[tokio::test]
async fn both_ways_of_a_cloned_log_are_kept_on_the_laptop() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    let mut clone = alice.clone();
    alice.record(1, "by the phone");
    clone.record(2, "by its copy");
    alice.sync(&app).await;
    clone.sync(&app).await;
    alice.sync(&app).await;
    clone.sync(&app).await;
    assert_eq!(app.status().await["records"], 2);
    assert_eq!(alice.log.records().count(), 2);
    assert_eq!(clone.log.records().count(), 2);
}

#[tokio::test]
async fn one_run_that_is_refused_stops_no_other_in_its_batch() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    alice.record(1, "good");
    alice.record(2, "forged");
    alice.record(3, "behind it");
    bob.record(4, "good");
    let mut batch = alice.batch();
    batch.runs[0].entries[1].signature.0[0] ^= 1;
    batch.runs.extend(bob.batch().runs);
    let Reply::Push(answer) = app.answer(&Request::Push(batch)).await else { panic!("not a push") };
    let refused = answer.runs[0].refused.as_ref().unwrap();
    assert_eq!((answer.runs[0].added, refused.seq), (1, 2));
    assert_eq!(refused.code, Refusal::SignatureInvalid);
    assert_eq!((answer.runs[1].added, answer.runs[1].refused.as_ref()), (1, None));
    let notices: Vec<Value> = app.get("/api/v1/notices").await.json();
    assert_eq!(notices[0]["code"], "entry_refused");
    // The same once more is not worth another notice, and the true entries still go through.
    alice.sync(&app).await;
    assert_eq!(app.status().await["records"], 4);
}

#[tokio::test]
async fn a_side_is_seen_with_what_it_brought_and_what_it_lacks() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    alice.record(1, "a");
    alice.record(2, "b");
    alice.sync(&app).await;
    bob.record(3, "c");
    let announced = bob.offer();
    app.offer(announced).await;
    let peers: Vec<Value> = app.get("/api/v1/peers").await.json();
    let of = |phone: &Phone| {
        let writer = phone.log_writer.writer().to_string();
        peers.iter().find(|peer| peer["writer"] == writer.as_str()).unwrap().clone()
    };
    let (alice_row, bob_row) = (of(&alice), of(&bob));
    assert_eq!((&alice_row["received"], &alice_row["missing"]), (&json!(2), &json!(0)));
    assert_eq!((&bob_row["received"], &bob_row["announced"]), (&json!(0), &json!(1)));
    assert_eq!((&bob_row["missing"], &bob_row["lacking"]), (&json!(1), &json!(2)));
    assert!(bob_row["last_seen"].is_string());
}

#[tokio::test]
async fn a_conflict_shows_until_a_manager_resolves_it() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    let record = chasqui_shared::RecordId([1; 16]);
    alice.record(1, "first");
    alice.sync(&app).await;
    bob.sync(&app).await;
    alice.record(1, "Alice's");
    bob.record(1, "Bob's");
    alice.sync(&app).await;
    bob.sync(&app).await;
    assert_eq!(app.status().await["conflicts"], 1);
    let page: Value = app.get("/api/v1/observations?conflicts=true").await.json();
    assert_eq!(page["total"], 1);
    assert_eq!(page["items"][0]["conflicts"][0]["field"], "note");

    alice.sync(&app).await;
    app.name_manager(&alice).await;
    alice.sync(&app).await;
    alice.edit(record, draft("settled"), Change::Resolve, Role::Manager);
    alice.sync(&app).await;
    let status = app.status().await;
    assert_eq!(status["conflicts"], 0);
    let shown: Value = app.get(&format!("/api/v1/observations/{record}")).await.json();
    assert_eq!(shown["note"], "settled");
    assert_eq!(shown["history"].as_array().unwrap().len(), 4);
    assert!(Timestamp::parse(shown["received_at"].as_str().unwrap()).is_some());
}
