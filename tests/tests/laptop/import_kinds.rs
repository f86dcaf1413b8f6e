//! What people bring, and what must become of it: each test is of a kind of file, after reports of
//! those who do this job with other tools.

use chasqui_harness::in_process::Laptop;
use serde_json::{Value, json};

async fn import_as(app: &Laptop, query: &str, file: impl Into<Vec<u8>>) -> Value {
    let path = format!("/api/v1/import?zone=America/Lima&{query}");
    app.post(&path, "application/octet-stream", file).await.ok().json()
}

async fn import(app: &Laptop, file: impl Into<Vec<u8>>) -> Value {
    import_as(app, "name=a", file).await
}

fn sums(report: &Value) -> [u64; 4] {
    ["added", "known", "differing", "refused"].map(|sum| report[sum].as_u64().unwrap())
}

fn codes(report: &Value) -> Vec<(u64, &str)> {
    let rows = report["rows"].as_array().unwrap();
    rows.iter().map(|row| (row["line"].as_u64().unwrap(), row["code"].as_str().unwrap())).collect()
}

/// How many rows a note is about.
fn noted(report: &Value, code: &str) -> Option<u64> {
    let notes = report["notes"].as_array().unwrap();
    notes.iter().find(|note| note["code"] == code).map(|note| note["count"].as_u64().unwrap())
}

/// All observations by their notes.
async fn by_note(app: &Laptop) -> std::collections::BTreeMap<String, Value> {
    let page: Value = app.get("/api/v1/observations?limit=500").await.ok().json();
    let items = page["items"].as_array().unwrap().clone();
    items.into_iter().map(|item| (item["note"].as_str().unwrap().to_owned(), item)).collect()
}

fn collection(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn feature(geometry: &Value, properties: Value) -> Value {
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

fn point(lon: f64, lat: f64) -> Value {
    json!({"type": "Point", "coordinates": [lon, lat]})
}

/// Two people number their rows 1, 2, 3 and give their files the same name.
#[tokio::test]
async fn counters_and_names_of_files_make_no_two_records_one() {
    let app = Laptop::start();
    let of = |who: &str| {
        format!(
            "id,lat,lon,nota\n1,-4.1,-73.1,a {who}\n2,-4.2,-73.2,b {who}\n3,-4.3,-73.3,c {who}\n"
        )
    };
    assert_eq!(sums(&import_as(&app, "name=o.csv", of("de Rosa")).await), [3, 0, 0, 0]);
    assert_eq!(sums(&import_as(&app, "name=o.csv", of("de Wilmer")).await), [3, 0, 0, 0]);
    assert_eq!(app.status().await["versions"], 6);
}

#[tokio::test]
async fn the_same_rows_in_another_order_with_other_numbers_and_more_of_them_are_known() {
    let app = Laptop::start();
    let first = "id,lat,lon,nota\n1,-4.1,-73.1,a\n2,-4.1,-73.1,a\n3,-4.3,-73.3,c\n";
    assert_eq!(sums(&import_as(&app, "name=a.csv", first).await), [3, 0, 0, 0]);
    let later = "nota;id;lat;lon\nd;9;-4,4;-73,4\nc;8;-4,3;-73,3\na;7;-4,1;-73,1\na;6;-4,1;-73,1\n";
    let report = import_as(&app, "name=b.csv", later).await;
    // A decimal comma says the same number.
    assert_eq!(sums(&report), [1, 3, 0, 0], "{report}");
    assert_eq!(sums(&import_as(&app, "name=c.csv", later).await), [0, 4, 0, 0]);
}

#[tokio::test]
async fn an_export_of_a_week_later_adds_what_is_new() {
    let app = Laptop::start();
    let kobo = |n: u32, index: u32| {
        let properties = json!({
            "start": format!("2026-05-0{n}T01:14:20.101-05:00"),
            "¿Qué se observó?": "Tala", "_id": 70_000 + n, "_index": index,
            "_uuid": format!("5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1c0{n}"),
            "formhub/uuid": "0c6a3d1f1c014b0e9d610c6a3d1f1c01",
            "_submission_time": "2026-05-04T19:22:10", "nota": format!("k{n}"),
        });
        feature(&point(-73.4, -4.1), properties)
    };
    assert_eq!(sums(&import(&app, collection(&[kobo(1, 1), kobo(2, 2)])).await), [2, 0, 0, 0]);
    let later = collection(&[kobo(3, 1), kobo(1, 2), kobo(2, 3)]);
    assert_eq!(sums(&import(&app, later).await), [1, 2, 0, 0]);
    assert_eq!(by_note(&app).await["k2"]["observed_at"], "2026-05-02T01:14:20.101-05:00");

    let comapeo = |n: u32, geometry: &Value| {
        let id = format!("{n:02}").repeat(32);
        let properties = json!({"$id": id, "$createdAt": format!("2026-04-1{n}T13:00:00.000Z"),
            "type": "threat", "notes": format!("c{n}")});
        feature(geometry, properties)
    };
    let first = [comapeo(1, &point(-73.4, -4.1)), comapeo(2, &Value::Null)];
    assert_eq!(sums(&import(&app, collection(&first)).await), [2, 0, 0, 0]);
    let more = [&first[..], &[comapeo(3, &point(-73.5, -4.2))]].concat();
    assert_eq!(sums(&import(&app, collection(&more)).await), [1, 2, 0, 0]);
    let all = by_note(&app).await;
    assert_eq!(
        (&all["c2"]["observed_at"], &all["c2"]["location"]),
        (&json!("2026-04-12T13:00:00Z"), &Value::Null)
    );
}

#[tokio::test]
async fn a_place_in_four_columns_of_a_question_is_found() {
    let app = Laptop::start();
    let file = "\"start\";\"¿Qué?\";\"Lugar\";\"_Lugar_latitude\";\"_Lugar_longitude\";\"_Lugar_altitude\";\"_Lugar_precision\";\"_uuid\";\"nota\"\n\
        \"2026-05-02T08:14:20.101-05:00\";\"Tala\";\"-4.1203 -73.4410 108.2 6.5\";\"-4.1203\";\"-73.4410\";\"108.2\";\"6.5\";\"5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1a01\";\"x\"\n";
    let report = import(&app, file).await;
    assert_eq!(sums(&report), [1, 0, 0, 0], "{report}");
    let all = by_note(&app).await;
    let location = &all["x"]["location"];
    assert_eq!(
        (&location["lat"], &location["altitude_m"], &location["accuracy_m"]),
        (&json!(-4.1203), &json!(108), &json!(7))
    );
    assert_eq!(all["x"]["answers"]["¿Qué?"], "Tala");
}

#[tokio::test]
async fn times_are_read_in_each_writing_and_none_is_moved_in_silence() {
    let app = Laptop::start();
    let file = "id;lat;lon;fecha;hora;nota\n1;-4.1;-73.4;02/05/2026 03:15 p. m.;;a\n\
        2;-4.1;-73.4;02/05/2026;15:15;b\n3;-4.1;-73.4;NA;;c\n4;-4.1;-73.4;0000-00-00 00:00:00;;d\n\
        5;-4.1;-73.4;2026-05-02T03:15:00-0500;;e\n6;-4.1;-73.4;25/05/2026;tarde;f\n";
    let report = import(&app, file).await;
    assert_eq!(sums(&report), [6, 0, 0, 0], "{report}");
    let all = by_note(&app).await;
    let at = |note: &str| all[note]["observed_at"].as_str().unwrap().to_owned();
    assert_eq!([at("a"), at("b")], ["2026-05-02T15:15:00-05:00", "2026-05-02T15:15:00-05:00"]);
    assert_eq!([at("e"), at("f")], ["2026-05-02T03:15:00-05:00", "2026-05-25"]);
    assert_eq!(all["f"]["answers"]["hora"], "tarde");
    assert_eq!((noted(&report, "undated"), noted(&report, "time_unreadable")), (Some(2), Some(1)));
    assert_eq!(
        (noted(&report, "zone_assumed"), noted(&report, "dates_ambiguous")),
        (Some(2), None)
    );

    let american = ["05/02/2026", "05/23/2026", "05/03/2026"]
        .map(|date| feature(&point(-73.4, -4.1), json!({"date": date, "nota": date})));
    let report = import(&app, collection(&american)).await;
    assert_eq!((sums(&report), noted(&report, "month_first")), ([3, 0, 0, 0], Some(0)));
    assert_eq!(by_note(&app).await["05/03/2026"]["observed_at"], "2026-05-03");

    let report =
        import(&app, "lat,lon,date,note\n1,1,05/06/2026,x\n1,1,1736,old\n1,1,2036-01-01,new\n")
            .await;
    let told =
        ["dates_ambiguous", "dates_long_ago", "dates_ahead"].map(|code| noted(&report, code));
    assert_eq!(told, [Some(1), Some(1), Some(1)], "{report}");
    let both = import(&app, "lat,lon,date\n1,1,05/06/2026\n1,1,25/06/2026\n1,1,06/24/2026\n").await;
    assert_eq!((sums(&both), codes(&both)), ([2, 0, 0, 1], vec![(2, "date_ambiguous")]));
    let epoch = collection(&[feature(
        &point(-73.4, -4.1),
        json!({"fecha": 1_777_727_660_000_i64, "nota": "epoch"}),
    )]);
    assert_eq!(sums(&import(&app, epoch).await), [1, 0, 0, 0]);
    assert_eq!(by_note(&app).await["epoch"]["observed_at"], "2026-05-02T13:14:20Z");
}

#[tokio::test]
async fn nothing_of_a_table_changes_its_meaning_in_silence() {
    let app = Laptop::start();
    let quote =
        "id,lat,lon,nota\n1,-4.1,-73.4,\"agua negra”\n2,-4.1,-73.4,tala\n3,-4.1,-73.4,peces\n";
    let report = import(&app, quote).await;
    assert_eq!((sums(&report), codes(&report)), ([2, 0, 0, 1], vec![(2, "quote_unclosed")]));
    let trailing = "id,lat,lon,fecha,nota,quien\n1,-4.1,-73.4,2026-05-02\n2,-4.1,-73.4,2026-05-02,humo,x,,\n,,,,,\n3,-4.1,-73.4,2026-05-02,con, coma,y\n";
    let report = import(&app, trailing).await;
    assert_eq!((sums(&report), codes(&report)), ([2, 0, 0, 1], vec![(5, "columns_mismatch")]));
    let told = ["rows_short", "rows_long", "rows_empty"].map(|code| noted(&report, code));
    assert_eq!(told, [Some(1), Some(1), Some(1)], "{report}");
    let broken = ["lat,lon,nota\n1,1,río\n1,1,compa".as_bytes(), b"\xf1ero\n"].concat();
    let report = import(&app, broken).await;
    assert_eq!((&report["encoding"], noted(&report, "bytes_mixed")), (&json!("UTF-8"), Some(1)));
    assert!(by_note(&app).await.contains_key("compañero"));
    let twice = import(&app, "lat,lon,lat\n1,1,5\n").await;
    assert_eq!(noted(&twice, "column_repeated"), Some(0));
    let late = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[673812,9544231]},"properties":{}}],"crs":{"properties":{"name":"EPSG:32718"}}}"#;
    let before = app.status().await;
    let answer = app.post("/api/v1/import?name=x", "text/csv", late).await;
    assert_eq!(answer.failure(), (422, "reference_system_unsupported"));
    assert_eq!(app.status().await, before);
}

#[tokio::test]
async fn places_are_read_in_each_writing_and_doubtful_ones_are_told() {
    let app = Laptop::start();
    for (file, lat) in [
        ("lat,lon,nota\n\"4°7'12\"\"S\",\"73°24'0\"\"W\",a\n", -4.12),
        ("lat,ns,lon,ew,nota\n4.12,S,73.4,O,b\n", -4.12),
        ("coordenadas;nota\n-4.12, -73.4;c\n", -4.12),
        ("wkt;nota\nPOINT (-73.4 -4.12);d\n", -4.12),
    ] {
        let report = import(&app, file).await;
        assert_eq!(sums(&report), [1, 0, 0, 0], "{file} {report}");
        let note = file.trim_end().rsplit([',', ';']).next().unwrap();
        assert_eq!(by_note(&app).await[note]["location"]["lat"], lat, "{file}");
    }
    let utm = import(&app, "utm_x,utm_y,zona,nota\n673812,9544231,18S,utm\n").await;
    assert_eq!((sums(&utm), noted(&utm, "places_utm")), ([1, 0, 0, 0], Some(1)));
    let swapped =
        format!("lat,lon\n-73.3,-4.3\n-4.4,73.4\n52.5,13.4\n{}", "-4.1,-73.1\n".repeat(9));
    let report = import(&app, swapped.as_str()).await;
    assert_eq!(codes(&report), [(2, "place_swapped"), (3, "place_sign_lost")], "{report}");
    let far = Laptop::start();
    assert_eq!(codes(&import(&far, "lat,lon\n-73.1,-4.1\n").await), [(2, "place_swapped")]);
}

#[tokio::test]
async fn rows_without_a_place_are_taken_where_that_is_said_or_wanted() {
    let app = Laptop::start();
    let report = import(&app, collection(&[feature(&Value::Null, json!({"note": "x"}))])).await;
    assert_eq!((sums(&report), noted(&report, "unplaced")), ([1, 0, 0, 0], Some(1)));
    let file = "lat,lon,nota\n1,1,a\n,,b\n";
    assert_eq!(codes(&import(&app, file).await), [(3, "no_location")]);
    let wanted = import_as(&app, "name=a&without_place=true", file).await;
    assert_eq!((sums(&wanted), noted(&wanted, "unplaced")), ([1, 1, 0, 0], Some(1)));
}

#[tokio::test]
async fn categories_are_known_in_words_and_others_keep_their_own() {
    let app = Laptop::start();
    let file =
        "lat,lon,categoría,observações\n1,1,Minería,a\n1,2,mineração,b\n1,3,Pesca con barbasco,c\n";
    let report = import(&app, file).await;
    assert_eq!(noted(&report, "categories_unknown"), Some(1), "{report}");
    let all = by_note(&app).await;
    assert_eq!([&all["a"]["category"], &all["b"]["category"]], ["mining", "mining"]);
    assert_eq!(all["c"]["category"], "Pesca con barbasco");
    let page: Value = app.get("/api/v1/observations?category=Pesca%20con%20barbasco").await.json();
    assert_eq!(page["total"], 1);
}

#[tokio::test]
async fn features_are_told_by_their_number_place_and_name() {
    let app = Laptop::start();
    let broken =
        feature(&json!({"type": "Polygon", "coordinates": []}), json!({"nombre": "Bocana"}));
    let report = import(&app, collection(&[feature(&point(1.0, 1.0), json!({})), broken])).await;
    let row = &report["rows"][0];
    assert_eq!(
        (&row["feature"], &row["line"], &row["name"]),
        (&json!(2), &json!(1), &json!("Bocana"))
    );
    assert!(row["character"].as_u64().unwrap() > 50, "{row}");
}

#[tokio::test]
async fn what_the_laptop_itself_exports_is_known_when_it_comes_back() {
    let app = Laptop::start();
    import(&app, "lat,lon,nota,fecha,personas\n-4.1,-73.1,humo,2026-05-02,3\n,,x,,\n").await;
    let export: Value = app.get("/api/v1/observations?format=geojson").await.ok().json();
    let report = import(&app, export.to_string()).await;
    assert_eq!(sums(&report), [0, 1, 0, 0], "{report}");
    let corrected = export.to_string().replace("humo", "fuego");
    assert_eq!(sums(&import(&app, corrected.clone()).await), [0, 0, 1, 0]);
    let report = import_as(&app, "name=a&changes=true", corrected).await;
    assert_eq!(report["changed"], 1, "{report}");
    let fire = &by_note(&app).await["fuego"];
    assert_eq!(
        (&fire["answers"]["personas"], &fire["observed_at"]),
        (&json!("3"), &json!("2026-05-02"))
    );
    assert_eq!(app.status().await["records"], 1);
}

#[tokio::test]
async fn a_date_is_found_by_what_its_column_holds_and_that_is_told() {
    let app = Laptop::start();
    let file = "lat,lon,nota,cuándo fue\n-4.1,-73.1,a,2026-05-02\n-4.1,-73.2,b,2026-05-03\n";
    let report = import(&app, file).await;
    assert_eq!(
        (noted(&report, "date_column"), noted(&report, "undated")),
        (Some(0), None),
        "{report}"
    );
    assert_eq!(by_note(&app).await["b"]["observed_at"], "2026-05-03");
    let sent =
        import(&app, "lat,lon,nota,_submission_time\n-4.1,-73.1,c,2026-05-02T10:00:00Z\n").await;
    assert_eq!(noted(&sent, "date_column"), Some(0), "{sent}");
}

#[tokio::test]
async fn metres_need_their_zone() {
    let app = Laptop::start();
    let report = import(&app, "x,y,nota\n673812,9544231,a\n").await;
    assert_eq!(codes(&report), [(2, "utm_zone_missing")]);
    assert_eq!(sums(&import(&app, "x,y,zona,nota\n673812,9544231,18S,a\n").await), [1, 0, 0, 0]);
}

#[tokio::test]
async fn text_of_a_spreadsheet_in_utf_16_is_read() {
    let app = Laptop::start();
    let text = "\u{feff}lat\tlon\tnota\r\n-4,1\t-73,1\tseñal\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let report = import(&app, bytes).await;
    assert_eq!((&report["encoding"], sums(&report)), (&json!("UTF-16"), [1, 0, 0, 0]));
    assert!(by_note(&app).await.contains_key("señal"));
}
