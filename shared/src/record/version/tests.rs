//! The bytes of a version, which must never change, and the refusal of everything else.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::{
    Chain, Code, ContentHash, Day, DeviceId, Epoch, Latitude, Location, LocationSource, LogOwner,
    LogWriter, Longitude, ObservedAt, Position, ProjectId, RecordId, Timestamp, VersionId, limits,
};

fn versions() -> impl Strategy<Value = Version> {
    let answer = prop_oneof![
        any::<bool>().prop_map(Answer::Boolean),
        any::<i64>().prop_map(Answer::Integer),
        ".{0,20}".prop_map(Answer::Text),
        proptest::collection::vec(".{0,8}", 0..3).prop_map(Answer::Choices),
    ];
    let location =
        (-900_000_000i64..=900_000_000, -1_800_000_000i64..=1_800_000_000, any::<Option<u32>>())
            .prop_map(|(lat, lon, accuracy_m)| Location {
                lat: Latitude::from_e7(lat).unwrap(),
                lon: Longitude::from_e7(lon).unwrap(),
                accuracy_m,
                altitude_m: None,
                source: LocationSource::Gps,
            });
    let media =
        ("[a-z]{0,9}", any::<[u8; 32]>(), 0..u64::MAX >> 1).prop_map(|(name, hash, bytes)| {
            MediaRef { hash: ContentHash(hash), bytes, media_type: "image/jpeg".into(), name }
        });
    let time = prop_oneof![
        (0..=9_999i32, 1u8..=12, 1u8..=28)
            .prop_map(|(y, m, d)| (ObservedAt::Day(Day::new(y, m, d).unwrap()), false)),
        (
            -60_000_000_000_000i64..=250_000_000_000_000,
            proptest::option::of(-840i16..=840),
            any::<bool>()
        )
            .prop_map(|(at, offset_min, assumed)| {
                let at = Timestamp::from_millis(at);
                (ObservedAt::Instant { at, offset_min }, assumed && offset_min.is_some())
            }),
    ];
    (
        (
            any::<[u8; 16]>(),
            any::<[u8; 32]>(),
            proptest::collection::btree_set(any::<[u8; 32]>(), 0..4),
        ),
        (Timestamp::MIN.as_millis()..=Timestamp::MAX.as_millis(), "[a-z_]{1,20}", ".{0,80}"),
        proptest::option::of(location),
        proptest::collection::btree_map("[^\\p{C}\u{2028}\u{2029}]{0,20}", answer, 0..5),
        (proptest::collection::vec(media, 0..3), time, "[a-z. ]{0,12}"),
    )
        .prop_map(
            |(
                (record, author, parents),
                (at, category, note),
                location,
                answers,
                (media, (observed_at, zone_assumed), source),
            )| Version {
                format: VERSION_FORMAT,
                record: RecordId(record),
                kind: Kind::Observation,
                generation: if parents.is_empty() { 1 } else { 7 },
                parents: parents.into_iter().map(VersionId).collect(),
                author: DeviceId(author),
                role: Role::Manager,
                change: Change::Resolve,
                observed_at,
                zone_assumed,
                written_at: Timestamp::from_millis(at),
                location,
                category,
                answers,
                note,
                media,
                source,
            },
        )
}

proptest! {
    #[test]
    fn decode_of_encode_is_identity(version in versions()) {
        let bytes = version.encode().unwrap();
        prop_assert_eq!(bytes.decode().unwrap(), version.clone());
        let json = serde_json::to_string(&version).unwrap();
        let read: Version = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.encode().unwrap().id(), bytes.id(), "json loses nothing");
    }

    #[test]
    fn decoding_noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = VersionBytes::new(noise).unwrap().decode();
    }

    /// One flipped bit is either refused or another version with another id.
    #[test]
    fn a_flipped_bit_never_passes_as_the_same_version(version in versions(), at in any::<proptest::sample::Index>(), bit in 0u8..8) {
        let bytes = version.encode().unwrap();
        let mut flipped = bytes.as_slice().to_vec();
        let index = at.index(flipped.len());
        flipped[index] ^= 1 << bit;
        let flipped = VersionBytes::new(flipped).unwrap();
        prop_assert_ne!(flipped.id(), bytes.id());
        prop_assert_ne!(flipped.decode().ok(), Some(version));
    }
}

fn smallest() -> Version {
    serde_json::from_value(serde_json::json!({
        "format": 1, "record": "01".repeat(16), "kind": "observation", "parents": [], "generation": 1,
        "author": "02".repeat(32), "role": "monitor", "change": "edit",
        "observed_at": "1970-01-01T00:00:00Z", "written_at": "2099-12-31T23:59:59Z", "category": "x",
    }))
    .unwrap()
}

#[test]
fn each_limit_holds_on_both_sides() {
    type Set = fn(&mut Version, usize);
    let limits: [(&str, usize, Set); 7] = [
        ("source", limits::SOURCE_BYTES_MAX, |v, n| v.source = "s".repeat(n)),
        ("note", limits::NOTE_BYTES_MAX, |v, n| v.note = "n".repeat(n)),
        ("category", limits::CATEGORY_BYTES_MAX, |v, n| v.category = "c".repeat(n)),
        ("answers", limits::ANSWERS_MAX, |v, n| {
            v.answers = (0..n).map(|i| (i.to_string(), Answer::Boolean(true))).collect();
        }),
        ("answers key", limits::ANSWER_KEY_BYTES_MAX, |v, n| {
            v.answers = BTreeMap::from([("k".repeat(n), Answer::Integer(1))]);
        }),
        ("answers value", limits::ANSWER_BYTES_MAX, |v, n| {
            v.answers = BTreeMap::from([("k".into(), Answer::Text("t".repeat(n)))]);
        }),
        ("parents", limits::PARENTS_MAX, |v, n| {
            v.generation = 2;
            v.parents = (0..n).map(|i| VersionId([i as u8; 32])).collect();
        }),
    ];
    for (field, size_max, set) in limits {
        let mut version = smallest();
        set(&mut version, size_max);
        version.encode().unwrap();
        set(&mut version, size_max + 1);
        let refused = version.encode().unwrap_err();
        assert_eq!(refused, VersionError::TooLarge { field, size: size_max + 1, size_max });
    }
}

#[test]
fn a_version_at_every_limit_together_is_still_refused_when_it_is_too_large_as_a_whole() {
    let mut version = smallest();
    version.answers = (0..13)
        .map(|i| (i.to_string(), Answer::Text("t".repeat(limits::ANSWER_BYTES_MAX))))
        .collect();
    let refused = version.encode().unwrap_err();
    assert!(matches!(refused, VersionError::TooLarge { field: "version", .. }));
}

#[test]
fn what_breaks_a_rule_is_refused_by_name() {
    type Break = fn(&mut Version);
    let rules: [(Code, Break); 6] = [
        (Code::VersionNoCategory, |v| v.category.clear()),
        (Code::VersionGeneration, |v| v.generation = 2),
        (Code::VersionGeneration, |v| v.generation = 0),
        (Code::VersionUnsorted, |v| {
            v.generation = 2;
            v.parents = vec![VersionId([1; 32]), VersionId([1; 32])];
        }),
        (Code::VersionForbidden, |v| v.change = Change::Delete),
        (Code::VersionNewer, |v| v.format = 2),
    ];
    for (code, break_it) in rules {
        let mut version = smallest();
        break_it(&mut version);
        assert_eq!(version.encode().unwrap_err().code(), code);
    }
}

#[test]
fn files_keep_the_order_in_which_they_were_taken_and_none_is_named_twice() {
    let file = |byte: u8| MediaRef {
        hash: ContentHash([byte; 32]),
        bytes: 1,
        media_type: "image/jpeg".into(),
        name: format!("{byte}.jpg"),
    };
    let version = Version { media: vec![file(3), file(1), file(2)], ..smallest() };
    assert_eq!(version.encode().unwrap().decode().unwrap().media, version.media);
    let again = MediaRef { name: "another name".into(), ..file(3) };
    let twice = Version { media: vec![file(3), file(1), again], ..smallest() };
    assert_eq!(twice.encode().unwrap_err().code(), Code::VersionMediaRepeated);
}

/// A name with a right-to-left override made a sentence of evidence read `La registró Rosa.00:01
/// ,6202 von 21 le`.
#[test]
fn no_label_turns_the_direction_of_writing_round() {
    type Set = fn(&mut Version, String);
    let labels: [Set; 6] = [
        |v, text| v.category = text,
        |v, text| v.source = text,
        |v, text| v.answers = BTreeMap::from([(text, Answer::Boolean(true))]),
        |v, text| {
            (v.kind, v.role) = (Kind::Member, Role::Manager);
            v.note = text;
        },
        |v, text| v.media = vec![named(text, "image/jpeg".into())],
        |v, text| v.media = vec![named("a.jpg".into(), text)],
    ];
    for (index, set) in labels.into_iter().enumerate() {
        for control in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}', '\n', '\u{7f}'] {
            let mut version = smallest();
            set(&mut version, format!("Rosa{control}"));
            let refused = version.encode().unwrap_err();
            assert_eq!(refused.code(), Code::VersionControlCharacter, "{index} {control:?}");
        }
        let mut version = smallest();
        set(&mut version, "Rosa ñ عايدة".into());
        version.encode().unwrap();
    }
    let mut long = smallest();
    long.note = "\u{202e}words of a note may go either way\n".into();
    long.encode().unwrap();
}

fn named(name: String, media_type: String) -> MediaRef {
    MediaRef { hash: ContentHash([1; 32]), bytes: 1, media_type, name }
}

#[test]
fn a_zone_is_assumed_only_for_a_time_that_has_one() {
    for (time, is_fit) in [
        ("2026-01-01", false),
        ("2026-01-01T07:05:00Z", false),
        ("2026-01-01T07:05:00-05:00", true),
    ] {
        let observed_at = ObservedAt::parse(time).unwrap();
        let version = Version { observed_at, zone_assumed: true, ..smallest() };
        let code = version.encode().map_err(|error| error.code());
        assert_eq!(code.is_ok(), is_fit, "{time}");
        assert!(is_fit || code == Err(Code::VersionZoneUnfit));
    }
}

#[test]
fn fields_in_another_order_are_refused() {
    let mut other = smallest().encode().unwrap().as_slice().to_vec();
    // The map's first two pairs, `kind` and `role`, swapped.
    let kind = other.windows(5).position(|w| w == b"dkind").unwrap();
    let role = other.windows(5).position(|w| w == b"drole").unwrap();
    let end = role + 5 + 1 + "monitor".len();
    other[kind..end].rotate_left(role - kind);
    let refused = VersionBytes::new(other).unwrap().decode().unwrap_err();
    assert_eq!(refused.code(), Code::VersionMalformed);
}

#[test]
fn an_empty_field_that_should_be_left_out_is_refused() {
    let mut other = smallest().encode().unwrap().as_slice().to_vec();
    let role = other.windows(5).position(|w| w == b"drole").unwrap();
    other.splice(role..role, *b"dnote\x60");
    other[0] += 1;
    let refused = VersionBytes::new(other).unwrap().decode().unwrap_err();
    assert_eq!(refused, VersionError::NotDeterministic);
}

#[test]
fn an_unknown_field_is_refused() {
    let mut other = smallest().encode().unwrap().as_slice().to_vec();
    let role = other.windows(5).position(|w| w == b"dkind").unwrap() + 6 + 11;
    other.splice(role..role, *b"dname\x60");
    other[0] += 1;
    let refused = VersionBytes::new(other).unwrap().decode().unwrap_err();
    assert_eq!(refused.code(), Code::VersionMalformed);
}

/// `tests/fixtures/versions.json`, made once and checked also by `tests/python/test_golden.py`.
#[derive(Deserialize)]
struct Golden {
    project: ProjectId,
    secret: DeviceId,
    owner: LogOwner,
    versions: Vec<GoldenVersion>,
}

#[derive(Deserialize)]
struct GoldenVersion {
    version: Version,
    cbor: String,
    id: VersionId,
    chain: Chain,
    signature: crate::SignatureBytes,
}

#[test]
fn the_bytes_of_format_1_stay_as_they_are() {
    let golden: Golden =
        serde_json::from_str(include_str!("../../../../tests/fixtures/versions.json")).unwrap();
    let log_writer = LogWriter::new(golden.secret.as_bytes(), golden.owner.epoch);
    assert_eq!(log_writer.owner(), golden.owner);
    let mut last = Position::START;
    for row in golden.versions {
        let bytes = row.version.encode().unwrap();
        assert_eq!(data_encoding::HEXLOWER.encode(bytes.as_slice()), row.cbor);
        assert_eq!(bytes.id(), row.id);
        let entry = log_writer.entry(golden.project, last, bytes, None);
        last = entry.position().1;
        assert_eq!(last.chain, row.chain);
        assert_eq!(entry.signature, row.signature);
        assert!(crate::verify_chain(golden.owner.device, row.chain, None, &row.signature));
    }
    assert_eq!(golden.owner.epoch, Epoch([5; 16]));
}
