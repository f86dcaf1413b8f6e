//! What one device may do to what all others see: everything that is asked is bounded, and costs
//! what is shown.

mod aside;

use std::{collections::BTreeMap, sync::Arc};

use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_server::{
    import::{Identity, OnChange, Row, Taken, take},
    limits,
    store::Sender,
};
use chasqui_shared::{
    Answer as Said, Author, Batch, Change, DeviceId, Draft, LogView, MemoryLog, Position, Range,
    RecordId, Role, Timestamp, VersionBytes, collect, limits as shared_limits, write,
};
use serde_json::{Value, json};

const RECORD: RecordId = RecordId([9; 16]);

/// What a phone has written after `after`, as much as a batch takes.
fn batch_after(phone: &Phone, after: u64) -> Batch {
    let writer = phone.log_writer.writer();
    let until = phone.log.position(writer).unwrap();
    let chain = phone.log.chain_at(writer, after).unwrap().unwrap();
    let range = Range { writer, after: Position { seq: after, chain }, until };
    collect(&phone.log, writer, &[range]).unwrap()
}

async fn bring(app: &Laptop, phone: &Phone) {
    let writer = phone.log_writer.writer();
    let sender = Sender { device: Some(phone.log_writer.owner().device), role: Role::Monitor };
    let end = phone.log.position(writer).unwrap().seq;
    let mut after = app.store.view().unwrap().position(writer).unwrap().seq;
    while after < end {
        let answer = app.store.push(batch_after(phone, after), sender).await.unwrap();
        after = answer.runs[0].durable.seq;
    }
}

/// Writes heads of one record that follow nothing.
fn write_heads(phone: &mut Phone, heads: usize, answers: usize, bytes: usize) {
    let alone = MemoryLog::new(phone.log.charter());
    let by = Author {
        device: phone.log_writer.owner().device,
        role: Role::Monitor,
        now: Timestamp::from_millis(1_800_000_000_000),
    };
    for head in 0..heads {
        let keys = (0..answers).map(|at| (format!("{head}.{at}"), Said::Text("x".repeat(bytes))));
        let draft = Draft { answers: keys.collect(), note: format!("head {head}"), ..draft("") };
        let version = draft.version(&alone, RECORD, Change::Edit, by).unwrap();
        write(&mut phone.log, &phone.log_writer, version.encode().unwrap()).unwrap();
    }
}

#[tokio::test]
async fn a_record_with_a_thousand_heads_of_256_keys_costs_what_is_shown() {
    let app = Laptop::start();
    let mut bad = Phone::new(&app, 1);
    write_heads(&mut bad, 1_000, 256, 1);
    bring(&app, &bad).await;
    let view = app.store.view().unwrap();
    let before = view.entries_read();
    chasqui_shared::View::load(&view, RECORD).unwrap().unwrap();
    let read = view.entries_read() - before;
    assert!(read <= 1_000 + 2 * 64, "each head is looked at once, and 64 are read: {read}");

    let page = app.get("/api/v1/observations").await.ok();
    assert!(page.body.len() < 300_000, "{} bytes", page.body.len());
    let page: Value = page.json();
    let shown = &page["items"][0];
    assert_eq!((shown["heads"].as_array().unwrap().len(), &shown["heads_more"]), (64, &json!(936)));
    let status = app.status().await;
    assert_eq!((&status["heads"], &status["conflicts"]), (&json!(1_000), &json!(1)));

    let mut honest = Phone::new(&app, 2);
    honest.record(1, "another");
    bring(&app, &honest).await;
    assert_eq!(app.status().await["records"], 2);
}

#[tokio::test]
async fn a_page_ends_before_its_words_are_too_many_and_the_next_goes_on() {
    let app = Laptop::start();
    let mut phone = Phone::new(&app, 1);
    let words = "w".repeat(shared_limits::NOTE_BYTES_MAX);
    let answers = (0..8).map(|at| (at.to_string(), Said::Text("a".repeat(8_000))));
    let answers: BTreeMap<_, _> = answers.collect();
    let each = words.len() + 8 * 8_001;
    let records = limits::PAGE_BYTES_MAX / each + 3;
    for record in 0..records {
        let draft = Draft { answers: answers.clone(), ..draft(&words) };
        phone.edit(RecordId([record as u8; 16]), draft, Change::Edit, Role::Monitor);
    }
    bring(&app, &phone).await;
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = app.get(&format!("/api/v1/observations?limit=1000{after}")).await.ok();
        assert!(page.body.len() < limits::PAGE_BYTES_MAX + 200_000, "{} bytes", page.body.len());
        let page: Value = page.json();
        assert_eq!(page["total"], records);
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["record"].as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((seen.len(), pages), (records, 2));
}

#[tokio::test]
async fn history_and_custody_come_in_pages_that_leave_nothing_out() {
    let app = Laptop::start();
    let mut phone = Phone::new(&app, 1);
    for note in 0..250 {
        phone.edit(RECORD, draft(&note.to_string()), Change::Edit, Role::Monitor);
    }
    bring(&app, &phone).await;
    for (path, list, next, usual) in [
        (format!("/api/v1/observations/{RECORD}"), "history", "history_next", limits::HISTORY_ROWS),
        (format!("/api/v1/records/{RECORD}/custody"), "versions", "next", 250),
    ] {
        let first: Value = app.get(&path).await.ok().json();
        assert_eq!(first[list].as_array().unwrap().len(), usual.min(250), "{path}");
        for limit in [1, 249, 250] {
            let (mut seqs, mut after) = (Vec::new(), String::new());
            loop {
                if limit == 1 && seqs.len() == 3 {
                    break;
                }
                let page: Value =
                    app.get(&format!("{path}?limit={limit}{after}")).await.ok().json();
                let rows = page[list].as_array().unwrap();
                assert!(rows.len() <= limit);
                seqs.extend(rows.iter().map(|row| row["seq"].as_u64().unwrap()));
                let Some(next) = page[next].as_str() else { break };
                after = format!("&after={next}");
            }
            let expected: Vec<_> = (1..=250).rev().take(seqs.len()).collect();
            assert_eq!((seqs.len(), seqs), (if limit == 1 { 3 } else { 250 }, expected), "{path}");
        }
        for limit in [0, 1_001] {
            let refused = app.get(&format!("{path}?limit={limit}")).await;
            assert_eq!(refused.failure(), (400, "query_malformed"));
        }
    }
}

#[tokio::test]
async fn peers_come_in_pages_that_name_the_next() {
    let app = Laptop::start();
    for device in 1..=5 {
        let mut phone = Phone::new(&app, device.into());
        phone.record(device, "one");
        bring(&app, &phone).await;
    }
    let (mut path, mut seen) = ("/api/v1/peers?limit=2".to_owned(), Vec::new());
    loop {
        let page = app.get(&path).await.ok();
        let rows: Vec<Value> = page.json();
        assert!(rows.len() <= 2);
        seen.extend(rows.iter().map(|row| row["writer"].as_str().unwrap().to_owned()));
        let Some(link) = page.headers.get("link") else { break };
        let link = link.to_str().unwrap();
        path = link[1..link.find('>').unwrap()].to_owned();
    }
    let all: Vec<Value> = app.get("/api/v1/peers").await.ok().json();
    let all: Vec<_> = all.iter().map(|row| row["writer"].as_str().unwrap().to_owned()).collect();
    assert_eq!((seen.len(), seen), (5, all));
    assert_eq!(app.get("/api/v1/peers?limit=1001").await.failure().0, 400);
}

#[tokio::test]
async fn rows_with_one_id_cost_the_same_however_many_came_before() {
    let app = Laptop::start();
    let cost = async |from: usize| {
        app.store
            .write(100, move |log| {
                let before = log.entries_read();
                for note in from..from + 100 {
                    // As a sensor sends them that does not say when.
                    let draft = Draft { observed_at: None, ..draft(&note.to_string()) };
                    let row = Row {
                        identity: Identity::OfSource("station 7".into()),
                        draft,
                        counters: Arc::default(),
                    };
                    assert!(matches!(
                        take(log, "sensor", &row, OnChange::Edit)?,
                        Taken::Added(_) | Taken::Changed(_)
                    ));
                }
                Ok(log.entries_read() - before)
            })
            .await
            .unwrap()
    };
    let mut costs = Vec::new();
    for batch in 0..16 {
        costs.push(cost(batch * 100).await);
    }
    assert!(costs[1..].iter().all(|cost| *cost == costs[1]), "{costs:?}");
    assert!(costs[1] <= 100 * 6, "{costs:?}");
}

#[tokio::test]
async fn what_one_phone_sends_in_vain_pushes_no_others_notice_out() {
    let app = Laptop::start();
    let mut honest = Phone::new(&app, 1);
    honest.record(1, "one");
    bring(&app, &honest).await;
    let mut bad = Phone::new(&app, 2);
    for noise in 0..1_500_u32 {
        let bytes = [&[0xa1, 0x61, 0x61, 0x1a][..], &noise.to_be_bytes()].concat();
        write(&mut bad.log, &bad.log_writer, VersionBytes::new(bytes).unwrap()).unwrap();
    }
    bring(&app, &bad).await;
    let notices: Vec<Value> = app.get("/api/v1/notices").await.ok().json();
    let told: Vec<_> = notices
        .iter()
        .map(|row| (row["code"].as_str().unwrap(), row["count"].as_u64().unwrap()))
        .collect();
    let quarantined = ("entry_quarantined", 1_500);
    assert_eq!(told, [quarantined, ("device_new", 1), ("device_new", 1)]);
    assert_eq!(notices[0]["brought_by"], json!(bad.log_writer.owner().device));
    let app = app.restart();
    let again: Vec<Value> = app.get("/api/v1/notices").await.ok().json();
    assert_eq!(again, notices);
}

#[tokio::test]
async fn a_file_that_cannot_be_is_not_counted_among_the_missing_bytes() {
    let app = Laptop::start();
    let mut phone = Phone::new(&app, 1);
    for (record, bytes) in [(1, shared_limits::MEDIA_BYTES_MAX), (2, u64::MAX)] {
        let media = vec![chasqui_shared::MediaRef {
            hash: chasqui_shared::ContentHash([record; 32]),
            bytes,
            media_type: "image/jpeg".into(),
            name: "a.jpg".into(),
        }];
        let draft = Draft { media, ..draft("") };
        phone.edit(RecordId([record; 16]), draft, Change::Edit, Role::Monitor);
    }
    bring(&app, &phone).await;
    let status = app.status().await;
    assert_eq!(status["media"]["missing_bytes"], shared_limits::MEDIA_BYTES_MAX);
    assert_eq!(status["media"]["named"], 2);
}
