//! Whoever asks only what changed holds what whoever reads everything holds.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Method, Request},
};
use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_server::limits;
use chasqui_shared::{Change, ContentHash, Draft, MediaRef, RecordId, Role, Timestamp};
use fastrand::Rng;
use serde_json::Value;

const QUESTIONS: [&str; 6] =
    ["", "text=river", "media=missing", "category=logging", "conflicts=true", "deleted=true"];
const ACTS: usize = 40;

/// A page that reads once, and asks only for changes from then on.
struct Follower {
    question: &'static str,
    by_place: BTreeMap<String, Value>,
    since: String,
}

impl Follower {
    async fn begin(app: &Laptop, question: &'static str) -> Self {
        let page: Value =
            app.get(&format!("/api/v1/observations?limit=1000&{question}")).await.ok().json();
        let items = page["items"].as_array().unwrap();
        assert_eq!(page["total"], items.len());
        let by_place: BTreeMap<_, _> =
            items.iter().map(|item| (place(item).to_owned(), item.clone())).collect();
        assert!(by_place.values().eq(items), "places do not ascend as the list does");
        Self { question, by_place, since: page["changes"].as_str().unwrap().to_owned() }
    }

    /// How many records it was told of; `None` where what changed was not known.
    async fn follow(&mut self, app: &Laptop) -> Option<usize> {
        let mut told = 0;
        loop {
            let path = format!("/api/v1/observations?since={}&{}", self.since, self.question);
            let changes: Value = app.get(&path).await.ok().json();
            if changes["changes"].is_null() {
                return None;
            }
            let items = changes["items"].as_array().unwrap();
            let removed = changes["removed"].as_array().unwrap();
            told += items.len() + removed.len();
            let gone: Vec<_> = items.iter().map(|item| &item["record"]).chain(removed).collect();
            self.by_place.retain(|_, item| !gone.contains(&&item["record"]));
            self.by_place.extend(items.iter().map(|item| (place(item).to_owned(), item.clone())));
            changes["changes"].as_str().unwrap().clone_into(&mut self.since);
            if changes["more"] == false {
                return Some(told);
            }
        }
    }
}

fn place(item: &Value) -> &str {
    item["place_in_list"].as_str().unwrap()
}

fn photo(of: u8) -> Vec<u8> {
    vec![of; 3]
}

fn any_draft(random: &mut Rng) -> Draft {
    let file = photo(random.u8(..8));
    let media = MediaRef {
        hash: ContentHash(*blake3::hash(&file).as_bytes()),
        bytes: 3,
        media_type: "image/jpeg".into(),
        name: "a.jpg".into(),
    };
    let observed_at = Timestamp::from_millis(random.i64(1_700_000_000_000..1_790_000_000_000));
    Draft {
        category: random.choice(["logging", "oil_spill"]).unwrap().into(),
        media: if random.bool() { vec![media] } else { Vec::new() },
        observed_at: Some(observed_at.into()),
        ..draft(random.choice(["by the river", "on the path"]).unwrap())
    }
}

async fn upload(app: &Laptop, file: Vec<u8>) {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/media")
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-length", file.len());
    let sent = app.ask(request.body(Body::from(file)).unwrap()).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
}

async fn act(app: &Laptop, phones: &mut [Phone; 2], random: &mut Rng) {
    let by = random.usize(..2);
    let phone = &mut phones[by];
    match random.u8(..8) {
        0 | 1 => upload(app, photo(random.u8(..8))).await,
        2 => phone.sync(app).await,
        act => {
            let (role, change) = match (by, act) {
                (0, 3) => (Role::Manager, Change::Delete),
                (0, _) => (Role::Manager, Change::Edit),
                _ => (Role::Monitor, Change::Edit),
            };
            let record = RecordId([random.u8(1..12); 16]);
            phone.edit(record, any_draft(random), change, role);
            if random.bool() {
                phone.sync(app).await;
            }
        }
    }
}

#[tokio::test]
async fn who_follows_what_changed_holds_what_who_reads_everything_holds() {
    let seed = std::env::var("CHASQUI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("CHASQUI_SEED={seed}");
    let mut random = Rng::with_seed(seed);
    let app = Laptop::start();
    let mut phones = [Phone::new(&app, 1), Phone::new(&app, 2)];
    app.name_manager(&phones[0]).await;
    phones[0].sync(&app).await;
    let mut followers = Vec::new();
    for question in QUESTIONS {
        followers.push(Follower::begin(&app, question).await);
    }
    for _ in 0..ACTS {
        act(&app, &mut phones, &mut random).await;
        for follower in &mut followers {
            assert!(follower.follow(&app).await.is_some(), "all of it is told one by one");
            let all = Follower::begin(&app, follower.question).await;
            assert_eq!(follower.by_place, all.by_place, "{}", follower.question);
        }
    }
    // It costs what changed, not what is there.
    for follower in &mut followers {
        assert_eq!(follower.follow(&app).await, Some(0));
    }
    phones[0].record(100, "by the river");
    phones[0].sync(&app).await;
    assert!(followers[0].follow(&app).await.is_some_and(|told| (1..=12).contains(&told)));
}

#[tokio::test]
async fn more_changes_than_one_answer_takes_come_in_parts() {
    let app = Laptop::start();
    let mut follower = Follower::begin(&app, "").await;
    let rows: Vec<_> = (0..limits::SUBMITTED_ROWS_MAX)
        .map(|row| serde_json::json!({ "id": row.to_string(), "category": "logging" }))
        .collect();
    for source in ["a", "b"] {
        let path = format!("/api/v1/observations?source={source}");
        app.post_json(&path, &rows.clone().into()).await.ok();
    }
    assert_eq!(follower.follow(&app).await, Some(2 * limits::SUBMITTED_ROWS_MAX));
    let all: Value = app.get("/api/v1/observations?format=geojson").await.ok().json();
    assert_eq!(all["features"].as_array().unwrap().len(), follower.by_place.len());
}

#[tokio::test]
async fn what_changed_before_a_restart_or_beside_a_name_is_to_be_read_again() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    let mut follower = Follower::begin(&app, "text=manager").await;
    app.name_manager(&alice).await;
    assert_eq!(follower.follow(&app).await, None, "names are found by their words");
    alice.record(1, "n");
    alice.sync(&app).await;
    let mut follower = Follower::begin(&app, "text=manager").await;
    assert_eq!(follower.by_place.len(), 1);
    assert_eq!(follower.follow(&app).await, Some(0));
    let app = app.restart();
    assert_eq!(follower.follow(&app).await, None);
    for since in ["", "1-1", "1-1.", "x", "1-1.1-1.1-1", "1-1.1-1&after=1", "1-1.1-1&limit=3"] {
        let answer = app.get(&format!("/api/v1/observations?since={since}")).await;
        assert_eq!(answer.failure(), (400, "query_malformed"), "{since}");
    }
}
