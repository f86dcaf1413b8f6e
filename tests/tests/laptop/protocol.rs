//! The worked example of `docs/PROTOCOL.md` is what this software really says.

use chasqui_shared::{
    Answer, Author, Change, Charter, DeviceId, Draft, Epoch, Kind, LogView, LogWriter, MemoryLog,
    ObservedAt, Offer, Position, RecordId, Role, Timestamp, to_cbor, write,
};
use data_encoding::HEXLOWER;
use serde_json::json;

#[test]
fn the_worked_example_is_true() {
    let page = include_str!("../../../docs/PROTOCOL.md");
    let hexes: String = page.chars().filter(|c| !c.is_whitespace()).collect();
    let mut wrong = Vec::new();
    let mut holds = |name: &str, bytes: &[u8]| {
        let hex = HEXLOWER.encode(bytes);
        if !hexes.contains(&hex) {
            wrong.push(format!("{name}: {hex}"));
        }
    };

    let charter = Charter { founder: DeviceId([0x11; 32]), salt: Epoch([0x55; 16]) };
    let project = charter.project();
    holds("the project", &project.0);
    let log_writer = LogWriter::new(&[0x22; 32], Epoch([0x33; 16]));
    let mut log = MemoryLog::new(charter);
    let draft = Draft {
        kind: Kind::Observation,
        category: "oil_spill".into(),
        note: "black water".into(),
        observed_at: ObservedAt::parse("2026-03-01T15:04:05Z"),
        location: serde_json::from_value(
            json!({"lat": -3.7491, "lon": -73.25, "accuracy_m": 8, "source": "gps"}),
        )
        .unwrap(),
        answers: [("people".into(), Answer::Integer(3))].into(),
        ..Draft::default()
    };
    let now = Timestamp::parse("2026-03-01T15:05:00Z").unwrap();
    let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
    let Ok(version) = draft.version(&log, RecordId([0x44; 16]), Change::Edit, by);
    let bytes = version.encode().unwrap();
    let Ok(logged) = write(&mut log, &log_writer, bytes.clone());

    holds("the device", &log_writer.owner().device.0);
    holds("the writer", &log_writer.writer().0);
    holds("the genesis", &log_writer.owner().genesis(project).0);
    holds("the version", bytes.as_slice());
    holds("the version id", &bytes.id().0);
    holds("the chain", &logged.chain.0);
    holds("the signature", &logged.entry.signature.0);
    holds("the digest", &log.clock_digest().unwrap().0);
    let empty = MemoryLog::new(charter);
    let offer = Offer {
        project,
        writer: log_writer.writer(),
        digest: empty.clock_digest().unwrap(),
        since: None,
        clock: Some(empty.clock().unwrap()),
        suspects: Vec::new(),
    };
    holds("the offer", &to_cbor(&offer).unwrap());
    let until = log.position(log_writer.writer()).unwrap();
    let range =
        chasqui_shared::Range { writer: log_writer.writer(), after: Position::START, until };
    let Ok(batch) = chasqui_shared::collect(&log, log_writer.writer(), &[range]);
    holds("the batch", &to_cbor(&batch).unwrap());
    assert!(wrong.is_empty(), "the page should say\n{}", wrong.join("\n"));
}
