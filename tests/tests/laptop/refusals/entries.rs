//! Entries that do not fit their log, and versions that break a rule.

use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_shared::{
    Author, Batch, Chain, Change, Charter, DeviceId, Draft, Epoch, LogView, LogWriter, Position,
    RecordId, Refusal, Reply, Request, Role, Run, RunEntry, RunResult, Timestamp, Version,
    VersionBytes, limits, to_cbor,
};
use serde_json::{Value, json};

use super::{laptop, state};

async fn push(app: &Laptop, batch: Batch) -> RunResult {
    match app.answer(&Request::Push(batch)).await {
        Reply::Push(answer) => answer.runs[0].clone(),
        other => panic!("a push was answered with {other:?}"),
    }
}

#[tokio::test]
async fn entries_that_do_not_fit_their_log_are_refused_by_name_and_touch_nothing() {
    let (app, before) = laptop().await;
    let mut mallory = Phone::new(&app, 9);
    mallory.record(1, "one");
    mallory.record(2, "two");
    let whole = mallory.batch();
    let first = Position {
        seq: 1,
        chain: mallory.log.chain_at(mallory.log_writer.writer(), 1).unwrap().unwrap(),
    };
    let changed = |change: &dyn Fn(&mut Run)| {
        let mut batch = whole.clone();
        change(&mut batch.runs[0]);
        batch
    };
    let fat = raw(vec![0; limits::VERSION_BYTES_MAX + 1]);
    let cases: Vec<(Batch, Refusal)> = vec![
        (
            changed(&|run| {
                run.after = first;
                run.entries.remove(0);
            }),
            Refusal::Gap,
        ),
        (changed(&|run| run.after.chain = Chain([1; 32])), Refusal::ChainMismatch),
        (changed(&|run| run.owner = None), Refusal::OwnerMissing),
        (changed(&|run| run.writer.0[0] ^= 1), Refusal::OwnerMismatch),
        (changed(&|run| run.entries[0].signature.0[3] ^= 1), Refusal::SignatureInvalid),
        (changed(&|run| run.entries.swap(0, 1)), Refusal::SignatureInvalid),
        (changed(&|run| run.entries[0].version = fat.clone()), Refusal::VersionTooLarge),
    ];
    for (batch, refusal) in cases {
        let answer = push(&app, batch).await;
        assert_eq!(answer.refused.map(|refused| refused.code), Some(refusal));
        assert_eq!(answer.added, 0);
    }
    let other = Phone::new(&Charter { founder: DeviceId([8; 32]), salt: Epoch([8; 16]) }, 9);
    let mut theirs = other.clone();
    theirs.record(1, "of another project");
    let mut batch = theirs.batch();
    batch.project = app.store.project();
    let answer = push(&app, batch).await;
    assert_eq!(answer.refused.map(|refused| refused.code), Some(Refusal::SignatureInvalid));
    assert_eq!(state(&app).await, before);
}

/// Bytes as they come from the wire, whatever they say.
fn raw(bytes: Vec<u8>) -> VersionBytes {
    serde_json::from_value(data_encoding::BASE64.encode(&bytes).into()).unwrap()
}

/// Signs any bytes into a log of their own, as software gone wrong would.
fn entry_of(app: &Laptop, device: u8, bytes: Vec<u8>) -> Batch {
    let project = app.store.project();
    let log_writer = LogWriter::new(&[device; 32], Epoch([device; 16]));
    let entry = log_writer.entry(project, Position::START, raw(bytes), None);
    let sent = RunEntry {
        version: entry.version,
        signature: entry.signature,
        origin: None,
        quarantine: None,
    };
    let run = Run {
        writer: log_writer.writer(),
        owner: Some(log_writer.owner()),
        after: Position::START,
        entries: vec![sent],
    };
    Batch { project, writer: log_writer.writer(), runs: vec![run] }
}

fn version(app: &Laptop, device: u8, change: impl FnOnce(&mut Version)) -> Vec<u8> {
    let phone = Phone::new(app, device.into());
    let now = Timestamp::from_millis(1_800_000_000_000);
    let by = Author { device: phone.log_writer.owner().device, role: Role::Monitor, now };
    let draft = Draft { note: "n".into(), ..draft("") };
    let Ok(mut version) = draft.version(&phone.log, RecordId([77; 16]), Change::Edit, by);
    change(&mut version);
    to_cbor(&version).unwrap()
}

#[tokio::test]
async fn versions_that_break_a_rule_are_quarantined_and_acknowledged() {
    let (app, before) = laptop().await;
    let out_of_range = {
        let located = json!({"lat": 0.0, "lon": 0.0, "source": "hand"});
        let located = version(&app, 14, |v| v.location = serde_json::from_value(located).unwrap());
        let at = located.windows(4).position(|w| w == b"\x63lat").expect("the key is there") + 4;
        let mut located = located;
        // 900,000,001 in 1e-7 degrees.
        located.splice(at..at + 1, [0x1a, 0x35, 0xa4, 0xe9, 0x01]);
        located
    };
    let cases: Vec<(u8, Vec<u8>, &str)> = vec![
        (10, b"noise".to_vec(), "version_malformed"),
        (11, version(&app, 11, |v| v.note = "n".repeat(20_000)), "version_too_large"),
        (12, version(&app, 12, |v| v.change = Change::Delete), "version_forbidden"),
        (13, version(&app, 12, |_| {}), "author_mismatch"),
        (14, out_of_range, "version_malformed"),
        (15, version(&app, 15, |v| v.category.clear()), "version_no_category"),
        (16, version(&app, 16, |v| v.format = 2), "version_newer"),
        (17, vec![0x81; 90_000], "version_malformed"),
        (18, vec![0xa1; 90_000], "version_malformed"),
    ];
    let count = cases.len();
    for (device, bytes, code) in cases {
        let answer = push(&app, entry_of(&app, device, bytes)).await;
        assert_eq!((answer.added, answer.refused), (1, None), "{code}");
        assert_eq!(answer.quarantined[0].quarantine.code.as_str(), code);
        assert_eq!(answer.durable.seq, 1);
    }
    let after = state(&app).await;
    assert_eq!(after[2], before[2], "what is shown has not changed");
    assert_eq!(after[1]["entries"], 1 + count);
    let notices: Vec<Value> = app.get("/api/v1/notices").await.json();
    let is = |code: &str| notices.iter().filter(|notice| notice["code"] == code).count();
    assert_eq!((is("entry_quarantined"), is("device_new")), (count, notices.len() - count));
}

#[tokio::test]
async fn clocks_that_are_decades_wrong_are_taken_as_they_are() {
    let (app, _) = laptop().await;
    for (device, year) in [(20, "1970-01-01T00:00:00Z"), (21, "2099-12-31T00:00:00Z")] {
        let at = Timestamp::parse(year).unwrap();
        let bytes = version(&app, device, |v| {
            v.record = RecordId([device; 16]);
            v.written_at = at;
            v.observed_at = at.into();
        });
        let answer = push(&app, entry_of(&app, device, bytes)).await;
        assert_eq!((answer.added, answer.quarantined.len()), (1, 0));
        let path = format!("/api/v1/observations/{}", RecordId([device; 16]));
        assert_eq!(app.get(&path).await.json::<Value>()["written_at"], year);
    }
}
