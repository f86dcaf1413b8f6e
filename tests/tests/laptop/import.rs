//! Files of observations, through the API.

use chasqui_harness::in_process::Laptop;
use chasqui_server::{
    commands,
    import::ImportOptions,
    progress::{Progress, Work},
    zone::Zone,
};
use serde_json::{Value, json};

async fn import(app: &Laptop, name: &str, file: impl Into<Vec<u8>>) -> Value {
    let path = format!("/api/v1/import?name={name}");
    app.post(&path, "application/octet-stream", file).await.ok().json()
}

fn counts(report: &Value) -> [u64; 3] {
    ["added", "known", "refused"].map(|count| report[count].as_u64().unwrap())
}

const SPILLS: &str = "id,latitude,longitude,category,date,note,people\n\
    1,-3.75,-73.25,Oil spill,2026-03-01,black water,3\n\
    2,,,Oil spill,2026-03-02,,\n\
    3,-3.75,abc,Oil spill,2026-03-02,,\n\
    4,-95,-73.25,Oil spill,2026-03-02,,\n\
    5,-3.76,-73.26,Oil spill,someday,,\n\
    6,-3.77,-73.27,Fish kill,2026-03-04,,\n";

#[tokio::test]
async fn every_refused_row_is_told_by_line_and_reason_and_the_same_file_again_adds_nothing() {
    let app = Laptop::start();
    let report = import(&app, "spills.csv", SPILLS).await;
    assert_eq!(counts(&report), [2, 0, 4]);
    let rows: Vec<_> = report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["line"].as_u64().unwrap(), row["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            (3, "no_location"),
            (4, "longitude_unreadable"),
            (5, "latitude_out_of_range"),
            (6, "date_unreadable")
        ]
    );
    assert_eq!(report["encoding"], "UTF-8");
    let before = app.status().await;
    assert_eq!(counts(&import(&app, "spills.csv", SPILLS).await), [0, 2, 4]);
    assert_eq!(counts(&import(&app, "a%20copy.csv", SPILLS).await), [0, 2, 4]);
    assert_eq!(app.status().await, before);

    let page: Value = app.get("/api/v1/observations?category=oil_spill").await.json();
    let view = &page["items"][0];
    assert_eq!(view["observed_at"], "2026-03-01");
    assert_eq!(view["source"], "spills.csv");
    assert_eq!(view["note"], "black water");
    assert_eq!(view["answers"], json!({"category": "Oil spill", "id": "1", "people": "3"}));
    assert_eq!((&view["role"], &view["location"]["source"]), (&json!("monitor"), &json!("import")));
}

#[tokio::test]
async fn a_row_that_says_something_else_of_a_record_is_listed_and_taken_only_if_asked() {
    let app = Laptop::start();
    let uuid = |n: u32| format!("5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1a0{n}");
    let file = |note: &str| {
        format!("_uuid,lat,lon,nota\n{},1,1,{note}\nuuid:{},1,2,b\n", uuid(1), uuid(2))
    };
    assert_eq!(counts(&import(&app, "a.csv", file("a")).await), [2, 0, 0]);
    let report = import(&app, "b.csv", file("otra cosa")).await;
    assert_eq!((counts(&report), &report["differing"]), ([0, 1, 0], &json!(1)), "{report}");
    assert_eq!(report["changes"][0]["line"], 2);
    let record = report["changes"][0]["record"].as_str().unwrap();
    let path = format!("/api/v1/observations/{record}");
    assert_eq!(app.get(&path).await.json::<Value>()["note"], "a");

    let path_of_change = "/api/v1/import?name=b.csv&changes=true";
    let report: Value = app.post(path_of_change, "text/csv", file("otra cosa")).await.ok().json();
    assert_eq!((&report["added"], &report["changed"]), (&json!(0), &json!(1)), "{report}");
    assert_eq!(app.get(&path).await.json::<Value>()["note"], "otra cosa");
    assert_eq!(counts(&import(&app, "c.csv", file("otra cosa")).await), [0, 2, 0]);
}

#[tokio::test]
async fn rows_without_ids_are_known_again_by_what_they_say() {
    let app = Laptop::start();
    let file = "lat,lon,note\n1,1,same\n1,1,same\n1,1,other\n";
    assert_eq!(counts(&import(&app, "a.csv", file).await), [2, 1, 0]);
    let longer = format!("{file}2,2,new\n");
    let report = import(&app, "b.csv", longer).await;
    assert_eq!(counts(&report), [1, 3, 0]);
    let note = |code: &str| {
        let notes = report["notes"].as_array().unwrap();
        notes.iter().find(|note| note["code"] == code).map(|note| note["count"].clone())
    };
    assert_eq!((note("no_ids"), note("undated")), (Some(json!(0)), Some(json!(4))), "{report}");
}

#[tokio::test]
async fn an_id_that_two_rows_have_does_not_make_one_of_them_vanish() {
    let app = Laptop::start();
    let file = "id,lat,lon,note\n1,1,1,first\n1,2,2,second\n";
    let report = import(&app, "a.csv", file).await;
    assert_eq!(counts(&report), [2, 0, 0]);
    assert_eq!(app.status().await["records"], 2);
    assert_eq!(counts(&import(&app, "a.csv", file).await), [0, 2, 0]);
}

#[tokio::test]
async fn encodings_are_told() {
    let app = Laptop::start();
    let latin = import(&app, "l.csv", b"lat,lon,note\n1,1,r\xedo\n".to_vec()).await;
    assert_eq!(latin["encoding"], "Latin-1");
    let bom = import(&app, "b.csv", "\u{feff}lat,lon,note\n2,2,río\n").await;
    assert_eq!((&bom["encoding"], counts(&bom)), (&json!("UTF-8 with BOM"), [1, 0, 0]));
    let page: Value = app.get("/api/v1/observations?text=r%C3%ADo").await.json();
    assert_eq!(page["total"], 2);
}

#[tokio::test]
async fn geojson_is_read_a_feature_at_a_time() {
    let app = Laptop::start();
    let feature = |n: u32| {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [-73.0, n as f64 / 1e4]},
               "properties": {"n": n}})
    };
    let features: Vec<_> = (0..1_200).map(feature).collect();
    let file = json!({"type": "FeatureCollection", "features": features}).to_string();
    assert_eq!(counts(&import(&app, "points.geojson", file.clone()).await), [1_200, 0, 0]);
    assert_eq!(counts(&import(&app, "points.geojson", file).await), [0, 1_200, 0]);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_as_a_whole_is_refused_with_a_code() {
    let app = Laptop::start();
    for (file, code) in [
        (b"".as_slice(), "empty"),
        (b"PK\x03\x04\0\0", "not_text"),
        (b"name,lon\nx,1\n", "no_coordinate_columns"),
        (b"{\"a\": 1}", "not_geojson"),
    ] {
        let answer = app.post("/api/v1/import?name=x", "text/csv", file).await;
        assert_eq!(answer.failure(), (422, code));
    }
    let nameless = app.post("/api/v1/import", "text/csv", "lat,lon\n").await;
    assert_eq!(nameless.failure(), (400, "query_malformed"));
    assert_eq!(app.status().await["entries"], 0);
}

#[test]
fn whoever_watches_an_import_and_an_audit_sees_each_of_them_to_its_end() {
    let directory = tempfile::tempdir().unwrap();
    let (data, file) = (directory.path().join("data"), directory.path().join("a.csv"));
    std::fs::write(&file, "id,lat,lon,category\n1,-3,-73,fire\n2,-4,-73,oil\n3,x,-73,oil\n")
        .unwrap();
    let options = ImportOptions::new(Zone::of_machine());
    let mut seen = Vec::new();
    let report = commands::import(&data, &file, &options, &mut |at| seen.push(at)).unwrap();
    assert_eq!((report.added, report.refused), (2, 1));
    let audited = commands::verify(&data, &mut |at| seen.push(at)).unwrap();
    assert_eq!((audited.entries, audited.is_whole()), (2, true));
    let rows = (1..=3).map(|done| Progress { work: Work::Rows, done, total: 3 });
    let entries = (1..=2).map(|done| Progress { work: Work::Entries, done, total: 2 });
    assert_eq!(seen, rows.chain(entries).collect::<Vec<_>>());
}
