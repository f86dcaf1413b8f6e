//! The types of `chasqui_shared`, written with every field that they have, beside what is said of them.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Answer, Batch, BatchResponse, Chain, Change, Charter, Check, Clock, ClockDigest, Code,
    ContentHash, DeviceId, Epoch, Failure, FieldChoice, FieldConflict, FieldValue, HashRequest,
    HashResponse, Hello, Kind, Latitude, Located, Location, LocationSource, Locator, LogOwner,
    Longitude, MediaRef, ObservedAt, Offer, OfferResponse, Origin, PairingRequest, PairingResponse,
    PlacesRequest, PlacesResponse, Position, ProjectId, Quarantine, Quarantined, Range, Readiness,
    RecordId, Refusal, Refused, Role, Run, RunEntry, RunResult, SignatureBytes, Since, Timestamp,
    Version, VersionBytes, VersionId, View, WantedRequest, WriterId,
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

use super::Api;

const AT: Position = Position { seq: 1, chain: Chain([2; 32]) };
const DEVICE: DeviceId = DeviceId([3; 32]);
const DIGEST: ClockDigest = ClockDigest([4; 32]);
const OWNER: LogOwner = LogOwner { device: DEVICE, epoch: Epoch([5; 16]) };
const PROJECT: ProjectId = ProjectId([6; 16]);
const SIGNATURE: SignatureBytes = SignatureBytes([7; 64]);
const VERSION: VersionId = VersionId([8; 32]);
const WRITER: WriterId = WriterId([9; 16]);
const AT_FOUR: ObservedAt = ObservedAt::Instant { at: Timestamp::MIN, offset_min: Some(4 * 60) };
const RANGE: Range = Range { writer: WRITER, after: AT, until: AT };

fn check(name: &str, written: impl Serialize) {
    let api = serde_json::to_value(Api::openapi()).unwrap();
    let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    check_value(&api, &schema, &serde_json::to_value(written).unwrap(), name);
}

/// Every field that is written is described, and every one that is described is written.
fn check_value(api: &Value, schema: &Value, written: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = api.pointer(reference.strip_prefix('#').unwrap());
        return check_value(api, schema.expect(at), written, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let is_of_type = |one: &&Value| {
            one["type"] == type_of(written) || one["$ref"].is_string() && written.is_object()
        };
        let one = any.iter().find(is_of_type).unwrap_or_else(|| panic!("{at}: {written}"));
        return check_value(api, one, written, at);
    }
    let is_number = schema["type"] == "number" && written.is_number();
    assert!(is_number || schema["type"] == type_of(written), "{at}: {schema} and {written}");
    if let Some(choices) = schema["enum"].as_array() {
        assert!(choices.contains(written), "{at}: {written}");
    }
    match (written, schema["properties"].as_object()) {
        (Value::Object(fields), Some(properties)) => {
            let names: BTreeSet<_> = fields.keys().collect();
            assert_eq!(names, properties.keys().collect(), "{at}");
            for (name, value) in fields {
                check_value(api, &properties[name], value, &format!("{at}.{name}"));
            }
        }
        (Value::Array(items), _) => {
            assert!(!items.is_empty(), "{at}: nothing is compared");
            items.iter().for_each(|item| check_value(api, &schema["items"], item, at));
        }
        (Value::Object(_), None) => assert!(schema["additionalProperties"].is_object(), "{at}"),
        _ => {}
    }
}

fn type_of(written: &Value) -> &'static str {
    match written {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn what_is_asked_in_the_conversation_is_as_described() {
    let clock: Clock = [(WRITER, AT)].into_iter().collect();
    let since = Some(Since { digest: DIGEST, moved: clock.clone() });
    let (project, writer, suspects) = (PROJECT, WRITER, vec![WRITER]);
    let clock = Some(clock);
    check("Offer", Offer { project, writer, digest: DIGEST, since, clock, suspects });
    let quarantine = Some(Quarantine { code: "code".into(), message: "message".into() });
    let origin = Some(Origin { owner: OWNER, seq: 1, previous: AT.chain, signature: SIGNATURE });
    let version = VersionBytes::new(vec![1]).unwrap();
    let entries = vec![RunEntry { version, signature: SIGNATURE, origin, quarantine }];
    let runs = vec![Run { writer, owner: Some(OWNER), after: AT, entries }];
    check("Batch", Batch { project, writer, runs });
    check("WantedRequest", WantedRequest { project, ranges: vec![RANGE] });
    check("PlacesRequest", PlacesRequest { project, versions: vec![VERSION] });
    let message: chasqui_shared::HashMessage = serde_json::from_value(json!("YQ==")).unwrap();
    check("HashRequest", HashRequest { project, message: message.clone() });
    check("HashResponse", HashResponse { message });
    let (code, name) = ("ABCD-EFGH".into(), "Rosa".into());
    check("PairingRequest", PairingRequest { code, device: DEVICE, name, proof: SIGNATURE });
    let readiness = Readiness {
        app_kept: Check::Yes,
        storage_persistent: Check::No,
        map_kept: Check::Unknown,
        gps_allowed: Check::Yes,
        camera_allowed: Check::Yes,
        clock_right: Check::Yes,
        space_enough: Check::Yes,
        free_bytes: Some(1),
        checked_at: Timestamp::MAX,
    };
    check("Readiness", readiness);
}

#[test]
fn what_is_answered_in_the_conversation_is_as_described() {
    let (digest, writer) = (DIGEST, WRITER);
    let forks = vec![Locator { writer, positions: vec![AT] }];
    let (wanted, offered) = (vec![RANGE], vec![RANGE]);
    let answer = OfferResponse { digest, clock_wanted: true, wanted, offered, lost: true, forks };
    check("OfferResponse", answer);
    let quarantine = Quarantine { code: "code".into(), message: "message".into() };
    let run = RunResult {
        writer,
        durable: AT,
        known: 1,
        added: 1,
        quarantined: vec![Quarantined { seq: 1, quarantine }],
        refused: Some(Refused { seq: 1, code: Refusal::SeqOutOfRange }),
        forked_at: Some(1),
    };
    check("BatchResponse", BatchResponse { digest, runs: vec![run] });
    let places = vec![Located { version: VERSION, writer, seq: 1 }];
    check("PlacesResponse", PlacesResponse { places });
    let charter = Charter { founder: DEVICE, salt: OWNER.epoch };
    let answer = PairingResponse {
        charter,
        laptop: DEVICE,
        laptop_name: "name".into(),
        role: Role::Monitor,
        token: "token".into(),
    };
    check("PairingResponse", answer);
    let hello = Hello {
        charter,
        device: DEVICE,
        name: "name".into(),
        time: Timestamp::MAX,
        addresses: vec!["https://192.168.1.2:8443".into()],
        signature: SIGNATURE,
    };
    check("Hello", hello);
    check("Failure", Failure::new(Code::Busy, "later"));
}

#[test]
fn records_are_as_described() {
    let location = Location {
        lat: Latitude::from_e7(1).unwrap(),
        lon: Longitude::from_e7(1).unwrap(),
        accuracy_m: Some(1),
        altitude_m: Some(1),
        source: LocationSource::Hand,
    };
    let (media_type, name) = ("image/jpeg".to_owned(), "a.jpg".to_owned());
    let media = vec![MediaRef { hash: ContentHash([1; 32]), bytes: 1, media_type, name }];
    let version = Version {
        format: 1,
        record: RecordId([1; 16]),
        kind: Kind::Observation,
        parents: vec![VERSION],
        generation: 2,
        author: DEVICE,
        role: Role::Manager,
        change: Change::Resolve,
        observed_at: AT_FOUR,
        zone_assumed: true,
        written_at: Timestamp::MAX,
        location: Some(location),
        category: "other".into(),
        answers: BTreeMap::from([("people".into(), Answer::Integer(3))]),
        note: "note".into(),
        media: media.clone(),
        source: "rows.csv".into(),
    };
    check("Version", &version);
    let values = [
        FieldValue::Time(AT_FOUR),
        FieldValue::Location(Some(location)),
        FieldValue::Location(None),
        FieldValue::Text("text".into()),
        FieldValue::Answer(Some(Answer::Choices(vec!["a".into()]))),
        FieldValue::Answer(Some(Answer::Boolean(true))),
    ];
    let values =
        values.map(|value| FieldChoice { version: VERSION, author: Some(DEVICE), value }).into();
    let view = View {
        record: version.record,
        kind: Kind::Track,
        winner: VERSION,
        heads: vec![VERSION],
        heads_more: 1,
        generation: 2,
        observer: Some(DEVICE),
        source: version.source,
        author: DEVICE,
        role: Role::Monitor,
        written_at: Timestamp::MAX,
        observed_at: AT_FOUR,
        zone_assumed: true,
        location: Some(location),
        category: version.category,
        answers: version.answers,
        answers_more: 1,
        note: version.note,
        media,
        media_more: 1,
        deleted: false,
        edit_against_delete: false,
        conflicts: vec![FieldConflict { field: "note".into(), values, more: 1 }],
        conflicts_more: 1,
    };
    check("View", view);
}
