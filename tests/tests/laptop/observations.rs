//! Lists, single records, and rows from scripts.

use chasqui_harness::{Phone, draft, in_process::Laptop};
use chasqui_shared::{Change, Role};
use serde_json::{Value, json};

async fn submit(app: &Laptop, rows: Value) -> Vec<Value> {
    app.post_json("/api/v1/observations", &rows).await.ok().json()
}

fn statuses(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["status"].as_str().unwrap()).collect()
}

async fn some_rows(app: &Laptop) {
    let row = |id: u32, category: &str, note: &str, at: &str, lat: f64, lon: f64| {
        json!({"id": id.to_string(), "category": category, "note": note, "observed_at": at,
               "location": {"lat": lat, "lon": lon}, "answers": {"river": "Tigre"}})
    };
    let answer = submit(
        app,
        json!([
            row(1, "oil_spill", "black water", "2026-03-01T00:00:00Z", -3.0, -75.0),
            row(2, "fish_kill", "bocachico", "2026-03-02T00:00:00Z", -4.0, -74.0),
            row(3, "oil_spill", "the RÍO smells", "2026-03-03T00:00:00Z", -5.0, -73.0),
            {"category": "other", "observed_at": "1970-01-01T00:00:00Z"},
            row(5, "other", "far", "2099-12-31T00:00:00Z", 10.0, 179.5),
        ]),
    )
    .await;
    assert_eq!(statuses(&answer), ["added"; 5]);
}

#[tokio::test]
async fn the_latest_observation_is_first_and_each_filter_leaves_out_the_others() {
    let app = Laptop::start();
    some_rows(&app).await;
    let mut alice = Phone::new(&app, 1);
    let record = chasqui_shared::RecordId([9; 16]);
    alice.record(9, "to be deleted");
    app.name_manager(&alice).await;
    alice.edit(record, draft("to be deleted"), Change::Delete, Role::Manager);
    alice.sync(&app).await;

    let notes = async |query: &str| -> Vec<String> {
        let page: Value = app.get(&format!("/api/v1/observations{query}")).await.ok().json();
        let items = page["items"].as_array().unwrap();
        assert_eq!(page["total"], items.len());
        items.iter().map(|item| item["note"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(notes("").await, ["far", "the RÍO smells", "bocachico", "black water", ""]);
    assert_eq!(notes("?category=oil_spill").await, ["the RÍO smells", "black water"]);
    assert_eq!(notes("?text=r%C3%ADo").await, ["the RÍO smells"]);
    assert_eq!(notes("?text=tigre&category=fish_kill").await, ["bocachico"]);
    let days = "?from=2026-03-02T00:00:00Z&to=2026-03-02T23:59:59Z";
    assert_eq!(notes(days).await, ["bocachico"]);
    assert_eq!(notes("?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z").await, [""; 0]);
    assert_eq!(notes("?bbox=-74.5,-5,-73,-3.5").await, ["the RÍO smells", "bocachico"]);
    assert_eq!(notes("?bbox=170,-10,-170,20").await, ["far"]);
    assert_eq!(notes("?conflicts=true").await, [""; 0]);
    assert_eq!(notes("?deleted=true").await, ["to be deleted"]);
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended() {
    let app = Laptop::start();
    some_rows(&app).await;
    for filter in ["", "&category=oil_spill"] {
        let whole: Value =
            app.get(&format!("/api/v1/observations?limit=1000{filter}")).await.json();
        let mut paged = Vec::new();
        let mut after = String::new();
        loop {
            let path = format!("/api/v1/observations?limit=2{filter}{after}");
            let page: Value = app.get(&path).await.ok().json();
            assert_eq!(page["total"], whole["total"]);
            paged.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(&paged, whole["items"].as_array().unwrap());
    }
}

#[tokio::test]
async fn geojson_has_every_record_with_longitude_first() {
    let app = Laptop::start();
    some_rows(&app).await;
    let answer = app.get("/api/v1/observations?format=geojson&category=fish_kill").await.ok();
    assert_eq!(answer.headers["content-type"], "application/geo+json");
    let collection: Value = answer.json();
    assert_eq!(collection["type"], "FeatureCollection");
    let feature = &collection["features"][0];
    assert_eq!(feature["geometry"], json!({"type": "Point", "coordinates": [-74.0, -4.0]}));
    assert_eq!(feature["properties"]["note"], "bocachico");
    let all: Value = app.get("/api/v1/observations?format=geojson").await.json();
    assert_eq!(all["features"].as_array().unwrap().len(), 5);
    assert_eq!(all["features"][4]["geometry"], Value::Null);
}

#[tokio::test]
async fn a_row_that_is_sent_again_is_known_and_a_changed_one_is_an_edit() {
    let app = Laptop::start();
    let row = |note: &str| json!([{"id": "s1", "category": "spill", "note": note}]);
    let first = submit(&app, row("a")).await;
    assert_eq!(first[0]["status"], "added");
    let again = submit(&app, row("a")).await;
    assert_eq!((&again[0]["status"], &again[0]["record"]), (&json!("known"), &first[0]["record"]));
    let edit = submit(&app, row("b")).await;
    assert_eq!((&edit[0]["status"], &edit[0]["record"]), (&json!("changed"), &first[0]["record"]));
    let back = submit(&app, row("a")).await;
    assert_eq!(back[0]["status"], "changed", "its source took the change back");
    let record = first[0]["record"].as_str().unwrap();
    let shown: Value = app.get(&format!("/api/v1/observations/{record}")).await.json();
    assert_eq!(shown["history"].as_array().unwrap().len(), 3);
    assert_eq!(shown["role"], "monitor");
    let status = app.status().await;
    assert_eq!((&status["records"], &status["versions"]), (&json!(1), &json!(3)));
    let other = app.post_json("/api/v1/observations?source=b", &row("a")).await.ok();
    assert_eq!(statuses(&other.json::<Vec<_>>()), ["added"], "another source, another record");
}

#[tokio::test]
async fn sending_a_row_again_does_not_undo_what_people_edited_since() {
    let app = Laptop::start();
    let row = json!([{"id": "s1", "category": "spill", "note": "by the sensor"}]);
    let record = submit(&app, row.clone()).await[0]["record"].as_str().unwrap().to_owned();
    let mut alice = Phone::new(&app, 1);
    alice.sync(&app).await;
    let id = chasqui_shared::RecordId::from_hex(&record).unwrap();
    alice.edit(id, draft("by Alice"), Change::Edit, Role::Monitor);
    alice.sync(&app).await;
    assert_eq!(statuses(&submit(&app, row).await), ["known"]);
    let shown: Value = app.get(&format!("/api/v1/observations/{record}")).await.json();
    assert_eq!(shown["note"], "by Alice");
}

#[tokio::test]
async fn each_row_stands_or_falls_alone() {
    let app = Laptop::start();
    let answer = submit(
        &app,
        json!([
            {"category": "ok"},
            {"category": "bad", "location": {"lat": 91, "lon": 0}},
            {"category": "bad", "surprise": 1},
            {"category": ""},
            {"category": "x".repeat(65)},
            {"category": "bad", "note": "n".repeat(1_000_000)},
            {"category": "bad", "id": "i".repeat(129)},
            {"category": "bad", "observed_at": "yesterday"},
            {"category": "ok", "note": "n".repeat(16 * 1024), "id": "i".repeat(128)},
            {"category": "ok"},
            7,
        ]),
    )
    .await;
    let told: Vec<_> =
        answer.iter().map(|row| row["code"].as_str().or(row["status"].as_str()).unwrap()).collect();
    assert_eq!(
        told,
        [
            "added",
            "malformed",
            "malformed",
            "version_no_category",
            "version_too_large",
            "version_too_large",
            "id_too_long",
            "malformed",
            "added",
            "known",
            "malformed",
        ]
    );
    assert_eq!(app.status().await["records"], 2);
}

#[tokio::test]
async fn a_feature_collection_is_taken_as_rows() {
    let app = Laptop::start();
    let body = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "f1", "geometry": {"type": "Point", "coordinates": [-73.25, -3.75]},
         "properties": {"category": "oil_spill", "date": "2026-03-01", "people": 3}},
        {"type": "Feature", "geometry": null, "properties": {"note": "not located"}},
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
         "properties": {}},
    ]});
    let answer =
        app.post("/api/v1/observations", "application/geo+json", body.to_string()).await.ok();
    let rows: Vec<Value> = answer.json();
    assert_eq!(statuses(&rows), ["added", "added", "refused"]);
    assert_eq!(rows[2]["code"], "geometry_not_point");
    let page: Value = app.get("/api/v1/observations?category=oil_spill").await.json();
    assert_eq!(page["items"][0]["answers"], json!({"people": 3}));
    assert_eq!(page["items"][0]["location"]["lon"], -73.25);
}

#[tokio::test]
async fn ten_thousand_categories_are_ten_thousand_categories() {
    let app = Laptop::start();
    for start in (0..10_000).step_by(1_000) {
        let rows: Vec<_> =
            (start..start + 1_000).map(|n| json!({"category": format!("c{n}")})).collect();
        submit(&app, rows.into()).await;
    }
    let page: Value = app.get("/api/v1/observations?category=c9999").await.json();
    assert_eq!(page["total"], 1);
    assert_eq!(app.status().await["records"], 10_000);
}
