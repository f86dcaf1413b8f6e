//! Days, moments, who saw it, and words: what lists say of a record, and by what it is found.

use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_shared::{Change, ContentHash, Draft, MediaRef, ObservedAt, Role};
use serde_json::{Value, json};

async fn import(app: &Laptop, query: &str, file: &str) -> Value {
    let path = format!("/api/v1/import?{query}");
    app.post(&path, "application/octet-stream", file.to_owned()).await.ok().json()
}

async fn list(app: &Laptop, query: &str) -> Vec<Value> {
    let page: Value = app.get(&format!("/api/v1/observations?{query}")).await.ok().json();
    page["items"].as_array().unwrap().clone()
}

async fn notes(app: &Laptop, query: &str) -> Vec<String> {
    let items = list(app, query).await;
    items.iter().map(|item| item["note"].as_str().unwrap().to_owned()).collect()
}

/// From -12 to +14, with halves and quarters of an hour.
const ZONES: [(&str, &str); 8] = [
    ("Etc/GMT%2B12", "-12:00"),
    ("Pacific/Marquesas", "-09:30"),
    ("America/Lima", "-05:00"),
    ("UTC", "+00:00"),
    ("Asia/Kathmandu", "+05:45"),
    ("Australia/Brisbane", "+10:00"),
    ("Pacific/Tongatapu", "+13:00"),
    ("Pacific/Kiritimati", "+14:00"),
];

/// `2026-01-01` was stored as midnight in London, shown as 31 December in America, and not found on
/// its day.
#[tokio::test]
async fn an_imported_day_is_that_day_and_is_found_by_it_in_every_zone() {
    for (zone, offset) in ZONES {
        let app = Laptop::start();
        let file = "lat,lon,note,fecha\n1,1,day,2026-01-01\n1,2,before,31/12/2025\n1,3,after,20260102\n\
            1,4,late,2026-01-01 23:30\n1,5,early,2026-01-01T00:10\n";
        let report = import(&app, &format!("name=a.csv&zone={zone}"), file).await;
        assert_eq!(report["added"], 5, "{report}");
        let day = list(&app, &format!("from=2026-01-01&to=2026-01-01&zone={zone}")).await;
        let mut told: Vec<_> = day
            .iter()
            .map(|item| (item["note"].as_str().unwrap(), item["observed_at"].as_str().unwrap()))
            .collect();
        told.sort_unstable();
        let (late, early) =
            (format!("2026-01-01T23:30:00{offset}"), format!("2026-01-01T00:10:00{offset}"));
        assert_eq!(told, [("day", "2026-01-01"), ("early", &early), ("late", &late)], "{zone}");
        for item in &day {
            let assumed = item["zone_assumed"] == json!(true);
            assert_eq!(assumed, item["note"] != "day", "{item}");
        }
        // Whoever asks with moments means the days of those moments, where he is.
        let sign = offset.replace('+', "%2B");
        let moments = format!("from=2026-01-01T00:00:00{sign}&to=2026-01-01T23:59:59{sign}");
        assert_eq!(notes(&app, &moments).await.len(), 3, "{zone}");
        let map: Value = app.get("/api/v1/observations?format=geojson&text=day").await.ok().json();
        let said = &map["features"][0]["properties"];
        assert_eq!(
            (&said["observed_at"], &said["zone_assumed"]),
            (&json!("2026-01-01"), &json!(false))
        );
        // The same file, read where the clocks say something else, is known.
        let again = import(&app, "name=a.csv&zone=America/Bogota", file).await;
        assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(5)));
    }
}

#[tokio::test]
async fn a_moment_without_an_offset_is_on_the_day_of_whoever_asks() {
    let app = Laptop::start();
    let row = json!([{"category": "fire", "note": "Z", "observed_at": "2026-01-01T02:00:00Z"}]);
    app.post_json("/api/v1/observations", &row).await.ok();
    let of = async |day: &str, zone: &str| {
        notes(&app, &format!("from={day}&to={day}&zone={zone}")).await.len()
    };
    assert_eq!(
        [of("2025-12-31", "America/Lima").await, of("2026-01-01", "America/Lima").await],
        [1, 0]
    );
    assert_eq!(
        [of("2025-12-31", "Asia/Tokyo").await, of("2026-01-01", "Asia/Tokyo").await],
        [0, 1]
    );
    let unknown = app.get("/api/v1/observations?zone=Nowhere/Land").await;
    assert_eq!(unknown.failure(), (400, "query_malformed"));
}

/// A record of 2035 stood on top of every list for nine years.
#[tokio::test]
async fn what_is_dated_ahead_stands_where_it_arrived_and_is_marked() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    let mut record = |id: u8, note: &str, at: &str| {
        let observed_at = ObservedAt::parse(at);
        let draft = Draft { observed_at, ..draft(note) };
        alice.edit(chasqui_shared::RecordId([id; 16]), draft, Change::Edit, Role::Monitor);
    };
    record(1, "ahead", "2035-12-31T12:00:00Z");
    record(2, "ahead by days", "2035-12-31");
    record(3, "true", "2026-03-01T12:00:00Z");
    alice.sync(&app).await;
    let later = json!([{"category": "fire", "note": "now"}]);
    app.post_json("/api/v1/observations", &later).await.ok();
    let all = list(&app, "").await;
    let told: Vec<_> = all.iter().map(|item| (&item["note"], &item["is_ahead"])).collect();
    assert_eq!(told[0], (&json!("now"), &json!(false)), "{told:?}");
    assert_eq!(told[3], (&json!("true"), &json!(false)), "{told:?}");
    assert!(told[1..3].iter().all(|(_, is_ahead)| **is_ahead == json!(true)), "{told:?}");
    assert_eq!(
        notes(&app, "from=2035-01-01").await.len(),
        2,
        "and is found by the day that it says"
    );
    assert_eq!(notes(&app, "to=2030-01-01").await, ["now", "true"]);
}

#[tokio::test]
async fn photos_stand_in_the_order_in_which_they_were_taken_in_every_answer() {
    let app = Laptop::start();
    let mut alice = Phone::new(&app, 1);
    let taken: Vec<_> = [200u8, 3, 150, 1, 90]
        .map(|byte| MediaRef {
            hash: ContentHash([byte; 32]),
            bytes: 1,
            media_type: "image/jpeg".into(),
            name: format!("{byte}.jpg"),
        })
        .into();
    let id = chasqui_shared::RecordId([7; 16]);
    let draft = Draft { media: taken.clone(), ..draft("five photos") };
    alice.edit(id, draft, Change::Edit, Role::Monitor);
    alice.sync(&app).await;
    let expected = serde_json::to_value(&taken).unwrap();
    assert_eq!(list(&app, "").await[0]["media"], expected);
    let one: Value = app.get(&format!("/api/v1/observations/{id}")).await.ok().json();
    assert_eq!((&one["media"], &one["history"][0]["media"]), (&expected, &expected));
}

#[tokio::test]
async fn the_observer_stays_who_saw_it_and_what_came_from_a_file_says_so() {
    let app = Laptop::start();
    let (mut alice, mut bob) = (Phone::new(&app, 1), Phone::new(&app, 2));
    let id = chasqui_shared::RecordId([7; 16]);
    alice.edit(id, draft("by Alice"), Change::Edit, Role::Monitor);
    alice.sync(&app).await;
    bob.sync(&app).await;
    bob.edit(id, draft("corrected by Bob"), Change::Edit, Role::Monitor);
    bob.sync(&app).await;
    let shown = &list(&app, "").await[0];
    let device = |phone: &Phone| json!(phone.log_writer.owner().device.to_string());
    assert_eq!((&shown["observer"], &shown["author"]), (&device(&alice), &device(&bob)));
    import(&app, "name=lago%20azul.csv", "lat,lon,note\n1,1,from a file\n").await;
    let taken = &list(&app, "text=file").await[0];
    assert_eq!(taken["source"], "lago azul.csv");
    assert_eq!(taken["observer"], taken["author"]);
}

#[tokio::test]
async fn words_are_found_without_accents_in_any_order_and_in_names() {
    let app = Laptop::start();
    let file = "lat,lon,note,tipo\n1,1,El r\u{ed}o huele,fire\n1,2,Un ri\u{301}o negro,fire\n\
        1,3,\u{d1}and\u{fa} muerto; se\u{f1}al,fire\n1,4,coma decimal,fire\n";
    import(&app, "name=Lago%20Imir%C3%ADa.csv", file).await;
    let found = async |text: &str| notes(&app, &format!("text={text}")).await.len();
    for (text, count) in [
        ("rio", 2),
        ("R%C3%8DO", 2),
        ("ri%CC%81o", 2),
        ("nandu", 1),
        ("%C3%91AND%C3%9A", 1),
        ("senal", 1),
        ("decimal+coma", 1),
        ("muerto+nandu", 1),
        ("rio+nandu", 0),
        ("imiria", 4),
        ("IMIRIA.CSV+huele", 1),
    ] {
        assert_eq!(found(text).await, count, "{text}");
    }
    let mut alice = Phone::new(&app, 1);
    alice.record(9, "humo");
    alice.sync(&app).await;
    assert_eq!(found("manager+humo").await, 0);
    app.name_manager(&alice).await;
    assert_eq!(found("MANAGER+humo").await, 1, "by the name of whoever saw it");
}
