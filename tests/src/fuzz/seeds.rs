//! The inputs that fuzzing begins with: whole messages, damaged ones, and a story for each rule.

use chasqui_shared::{
    Answer, BatchResponse, Clock, Code, Comparison, Draft, Failure, HashRequest, HashResponse,
    Hello, HelloNonce, Kind, Latitude, Located, Location, LocationSource, Locator, Longitude,
    ObservedAt, OfferResponse, PlacesRequest, PlacesResponse, Position, Range, Since, Timestamp,
    VersionId, VersionSet, WantedRequest, WriterId, collect, limits, locate, offer, to_cbor,
};
use data_encoding::HEXLOWER;
use serde::Serialize;

use super::{
    laptop,
    side::{Side, cast, charter},
};

/// The first inputs of each target.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "version" => versions(),
        "messages_cbor" => messages(|message| message.cbor.clone()),
        "messages_json" => messages(|message| message.json.clone()),
        "take_run" => stories_of_runs(),
        "session" => stories_of_sessions(),
        "answer" => stories_of_questions(),
        "hashes" => comparisons(),
        other => laptop::seeds(other),
    }
}

/// The golden versions, each also damaged in every way that is refused by another name.
fn versions() -> Vec<Vec<u8>> {
    #[derive(serde::Deserialize)]
    struct Golden {
        versions: Vec<Row>,
    }
    #[derive(serde::Deserialize)]
    struct Row {
        cbor: String,
    }

    let text = include_str!("../../fixtures/versions.json");
    let golden: Golden = serde_json::from_str(text).expect("the fixture is valid JSON");
    let mut seeds = vec![vec![], vec![0x81; 4000], b"\xa1fformat\x02".to_vec()];
    for row in golden.versions {
        let bytes = HEXLOWER.decode(row.cbor.as_bytes()).expect("the fixture is hex");
        seeds.push(bytes[..bytes.len() / 2].to_vec());
        seeds.push([bytes.as_slice(), &[0]].concat());
        seeds.push(bytes);
    }
    seeds
}

/// A message in both encodings, after the byte that names its kind.
struct Example {
    cbor: Vec<u8>,
    json: Vec<u8>,
}

fn example<T: Serialize>(kind: u8, message: &T) -> Example {
    let cbor = to_cbor(message).expect("every message has a CBOR");
    let json = serde_json::to_vec(message).expect("every message has a JSON");
    Example { cbor: [&[kind], &cbor[..]].concat(), json: [&[kind], &json[..]].concat() }
}

/// Each message whole, cut in half, and under the name of another.
fn messages(encoding: impl Fn(&Example) -> Vec<u8>) -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for message in examples() {
        let whole = encoding(&message);
        let mut other = whole.clone();
        other[0] += 1;
        seeds.extend([whole[..whole.len() / 2].to_vec(), other, whole]);
    }
    seeds.push([vec![2], vec![b'['; 4000]].concat());
    seeds.push(encoding(&example(1, &long_locator())));
    seeds
}

fn examples() -> Vec<Example> {
    let [alice, _, _, laptop] = cast();
    let everything = everything(&laptop);
    let writer = alice.log_writer.writer();
    let Ok(mut offer) = offer(&laptop.log, writer, None, vec![writer]);
    offer.since = Some(Since { digest: offer.digest, moved: alice.clock() });
    let Ok(fork) = locate(&laptop.log, writer);
    let answer = OfferResponse {
        digest: offer.digest,
        clock_wanted: true,
        wanted: everything.clone(),
        offered: everything.clone(),
        lost: true,
        forks: vec![fork, Locator { writer, positions: vec![Position::START] }],
    };
    let Ok(batch) = collect(&laptop.log, writer, &everything);
    let runs = Side::new(6, true).take_all(&batch);
    let taken = BatchResponse { digest: offer.digest, runs };
    let addresses = vec!["https://10.77.0.1:8443".into()];
    let (name, nonce) = ("laptop".into(), HelloNonce([3; HelloNonce::WIDTH]));
    let hello = Hello::sign(&laptop.log_writer, charter(), name, Timestamp::MAX, addresses, nonce);
    let (version, _) = laptop.log.versions().next().expect("the laptop holds versions");
    let set = VersionSet::of([version]);
    let (_, message) = Comparison::begin(&set).expect("a set can be compared");
    vec![
        example(0, &offer),
        example(1, &answer),
        example(2, &batch),
        example(3, &taken),
        example(4, &WantedRequest { project: charter().project(), ranges: everything }),
        example(5, &Failure::new(Code::Timeout, "the peer did not answer in time")),
        example(6, &laptop.clock()),
        example(6, &Clock::default()),
        example(7, &draft()),
        example(8, &HashRequest { project: charter().project(), message: message.clone() }),
        example(9, &HashResponse { message }),
        example(10, &PlacesRequest { project: charter().project(), versions: vec![version] }),
        example(11, &PlacesResponse { places: vec![Located { version, writer, seq: 1 }] }),
        example(12, &hello),
    ]
}

/// An answer whose locator has one position more than it may.
fn long_locator() -> OfferResponse {
    let positions = vec![Position::START; limits::LOCATOR_MAX + 1];
    OfferResponse {
        digest: Clock::default().digest(),
        clock_wanted: false,
        wanted: Vec::new(),
        offered: Vec::new(),
        lost: false,
        forks: vec![Locator { writer: WriterId([1; 16]), positions }],
    }
}

fn everything(side: &Side) -> Vec<Range> {
    let whole =
        |(writer, until): (WriterId, Position)| Range { writer, after: Position::START, until };
    side.clock().iter().map(whole).collect()
}

fn draft() -> Draft {
    let location = Latitude::from_degrees(-3.749_12).zip(Longitude::from_degrees(-73.2));
    Draft {
        kind: Kind::Observation,
        category: "oil_spill".into(),
        note: "qucha ñawi".into(),
        observed_at: ObservedAt::parse("2026-11-23T07:00:00-05:00"),
        zone_assumed: true,
        location: location.map(|(lat, lon)| Location {
            lat,
            lon,
            accuracy_m: Some(8),
            altitude_m: Some(-1),
            source: LocationSource::Gps,
        }),
        answers: [
            ("dead".into(), Answer::Boolean(true)),
            ("fish".into(), Answer::Integer(-40)),
            ("smell".into(), Answer::Text("3.5".into())),
            ("colours".into(), Answer::Choices(vec!["black".into(), String::new()])),
        ]
        .into(),
        media: Vec::new(),
        source: "rows.csv".into(),
    }
}

const ALICE: u8 = 0;
const COPY: u8 = 1;
const BOB: u8 = 2;
const LAPTOP: u8 = 3;

/// Steps of [`super::take_run`]: 0 writes, 2 sends, 4 lies, 5 forges, 6 goes back, 7 is from the
/// wire.
fn stories_of_runs() -> Vec<Vec<u8>> {
    let mut stories = vec![
        vec![[0, ALICE, 0, 0], [2, ALICE, LAPTOP, 0], [2, LAPTOP, BOB, 0], [2, LAPTOP, BOB, 1]],
        copies_meet(),
        [&copies_meet()[..], &[[0, COPY, 0, 5], [2, COPY, LAPTOP, 0], [2, COPY, LAPTOP, 1]]]
            .concat(),
        vec![
            [6, ALICE, 0, 0],
            [0, ALICE, 0, 0],
            [2, ALICE, LAPTOP, 0],
            [6, ALICE, 1, 0],
            [0, ALICE, 1, 4],
            [2, ALICE, LAPTOP, 0],
            [2, LAPTOP, ALICE, 0],
            [2, LAPTOP, ALICE, 1],
        ],
    ];
    for kind in 0..16 {
        let foul = [[0, BOB, 0, kind], [0, BOB, 0, 0], [2, BOB, LAPTOP, 0], [2, BOB, LAPTOP, 1]];
        let bent = [[4, BOB, LAPTOP, 0x31], [0, kind, 1, 3], [2, BOB, LAPTOP, 1]];
        let forged = [[5, BOB, LAPTOP, 0], [kind, 13, 1, kind], [2, BOB, LAPTOP, 1]];
        stories.extend([foul.to_vec(), bent.to_vec(), forged.to_vec()]);
    }
    let mut seeds: Vec<_> = stories.into_iter().map(|story| story.concat()).collect();
    seeds.push(from_the_wire(7, LAPTOP, &examples()[2].cbor[1..]));
    seeds
}

fn copies_meet() -> Vec<[u8; 4]> {
    vec![
        [0, ALICE, 0, 0],
        [0, COPY, 1, 16],
        [0, COPY, 2, 32],
        [2, ALICE, LAPTOP, 0],
        [2, COPY, LAPTOP, 0],
        [2, LAPTOP, ALICE, 0],
        [2, LAPTOP, COPY, 0],
        [2, LAPTOP, COPY, 1],
        [2, LAPTOP, COPY, 2],
    ]
}

/// Steps of [`super::session`]; a stretch of answers and storing ends a conversation.
fn stories_of_sessions() -> Vec<Vec<u8>> {
    let rest = [[2, 0, 0, 0], [8, 0, 0, 0]].repeat(6);
    let mut stories = vec![vec![], [&[[1, 0, 0, 0]], &rest[..]].concat()];
    for before in 0..4 {
        for how in 0..16 {
            let mut story = vec![[1, 0, 0, 0]];
            story.extend(&rest[..before * 2]);
            story.extend([[4, 0, 0, 0], [how, how, 2, 3], [8, 0, 0, 0]]);
            stories.push(story);
        }
        for (verb, a) in [(0, 1), (0, 2), (7, 0), (7, 1), (11, 0), (14, 0), (15, 1), (10, 0)] {
            let mut story = vec![[13, 0, 1, 0], [15, 0, 0, 0], [12, 0, 1, 4], [1, 0, 0, 0]];
            story.extend(&rest[..before * 2]);
            story.push([verb, a, 1, 1]);
            story.extend(&rest[..4]);
            stories.push(story);
        }
    }
    let mut seeds: Vec<_> = stories.into_iter().map(|story| story.concat()).collect();
    let replies = [(0, 1), (1, 3), (2, 2)];
    seeds.extend(replies.map(|(kind, example)| {
        let message = from_the_wire(6, kind, &examples()[example].cbor[1..]);
        [&[1, 0, 0, 0], &message[..]].concat()
    }));
    seeds
}

/// Steps of [`super::answer()`]: 0 and 1 are from the wire, 4 to 7 add to what is asked.
fn stories_of_questions() -> Vec<Vec<u8>> {
    let examples = examples();
    let mut seeds = vec![
        from_the_wire(0, 0, &examples[0].cbor[1..]),
        from_the_wire(1, 0, &examples[4].cbor[1..]),
        [6, 0, 0, 0].repeat(3),
    ];
    for at in [0, 1, 3, 61, 0x81] {
        seeds.push([[4, 0, at, 0], [4, 1, 2, 0], [6, 7, 0, 0]].concat());
        seeds.push([[5, 0, at, 0], [5, 1, 2, 0]].concat());
        seeds.push([[5, 0, at, 1], [5, 1, 2, 255]].concat());
        seeds.push([[7, 0, at, 3], [7, 1, 0, at], [7, 1, 0, 60]].concat());
    }
    seeds
}

/// Steps of [`super::hashes()`]: the first says which sets, 0 honest, 1 bent, 2 noise; the others
/// bend.
fn comparisons() -> Vec<Vec<u8>> {
    let mut seeds = vec![];
    for (mine, theirs) in [(0, 2), (1, 2), (2, 3), (3, 3)] {
        seeds.push(vec![0, mine, theirs, 0]);
        for how in 0..5 {
            let bends = [[0, 0, 0, 0], [how, 5, 0, 40], [how, 1, 1, 3], [0, 0, 0, 0]];
            seeds.push([&[[1, mine, theirs, 0]], &bends[..]].concat().concat());
        }
    }
    let set = VersionSet::of([VersionId([7; 32])]);
    let (_, message) = Comparison::begin(&set).expect("a set can be compared");
    seeds.push([&[2, 2, 3, 0], message.as_slice()].concat());
    seeds
}

/// A step that is followed by a message.
fn from_the_wire(verb: u8, a: u8, message: &[u8]) -> Vec<u8> {
    let bytes = u16::try_from(message.len()).expect("the examples are short");
    [&[verb, a], &bytes.to_be_bytes()[..], message].concat()
}
