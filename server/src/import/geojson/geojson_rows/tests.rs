use chasqui_shared::Answer;

use super::*;

type Rows = Vec<(Position, Result<RawRow, Refusal>)>;

fn read_all(text: &str) -> Result<Rows, ImportError> {
    let mut rows = Vec::new();
    read(text.as_bytes(), |position, row| {
        rows.push((position, row));
        Ok(())
    })?;
    Ok(rows)
}

fn codes(rows: &Rows) -> Vec<(u64, u64, &str)> {
    let code =
        |row: &Result<RawRow, Refusal>| row.as_ref().map_or_else(|r| r.code.as_str(), |_| "");
    let told = rows.iter().map(|(at, row)| (at.feature.unwrap(), at.line, code(row)));
    told.collect()
}

const POINT: &str =
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{}}"#;

#[test]
fn each_feature_is_told_by_its_place_and_broken_ones_stop_nothing() {
    let text = r#"{"type":"FeatureCollection","name":"x","features":[
{"type":"Feature","id":7,"geometry":{"type":"Point","coordinates":[-73.25,-3.75,120.4]},"properties":{"note":"a","n":3,"f":1.50,"z":null}},
{"type":"Feature","geometry":null,"properties":null},
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]},"properties":{"nombre":"Río"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":["x",1]},"properties":{}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[181,1]},"properties":{}},{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[[1,1]]},"properties":{}},
7
]}"#;
    let rows = read_all(text).unwrap();
    assert_eq!(
        codes(&rows),
        [
            (1, 2, ""),
            (2, 3, ""),
            (3, 4, "geometry_not_point"),
            (4, 5, "feature_malformed"),
            (5, 6, "longitude_out_of_range"),
            (6, 6, ""),
            (7, 7, "feature_malformed")
        ]
    );
    assert_eq!((rows[4].0.character, rows[5].0.character), (Some(1), Some(86)));
    assert_eq!(rows[0].0.name.as_deref(), Some("7"));
    let row = rows[0].1.as_ref().unwrap();
    assert_eq!(row.place.unwrap().altitude_m, Some(120));
    let answer =
        |name: &str| row.cells.iter().find(|(other, _)| **other == *name).unwrap().1.clone();
    assert_eq!((answer("n"), answer("f")), (Answer::Integer(3), Answer::Text("1.5".into())));
    assert_eq!(rows[1].1.as_ref().unwrap().place, None);
}

#[test]
fn what_comes_before_broken_json_is_read() {
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{POINT},\n{{\"type\":");
    let rows = read_all(&text).unwrap();
    assert_eq!(codes(&rows), [(1, 2, ""), (2, 3, "json_broken")]);
}

#[test]
fn a_feature_alone_a_feature_a_line_and_a_sequence_are_rows() {
    assert_eq!(read_all(POINT).unwrap().len(), 1);
    let lines = format!("{POINT}\n{POINT}\n\n{POINT}\n");
    assert_eq!(codes(&read_all(&lines).unwrap()), [(1, 1, ""), (2, 2, ""), (3, 4, "")]);
    assert_eq!(read_all(&format!("\u{1e}{POINT}\n\u{1e}{POINT}\n")).unwrap().len(), 2);
    let cut = format!("{POINT}\n{{\"type\":\"Fea");
    assert_eq!(read_all(&cut).unwrap()[1].1.as_ref().unwrap_err().code, RefusalCode::JsonBroken);
}

#[test]
fn other_json_and_other_reference_systems_are_refused_wherever_they_are_named() {
    assert!(matches!(read_all("{\"a\":1}"), Err(ImportError::NotGeoJson)));
    assert!(matches!(read_all("[1]"), Err(ImportError::NotGeoJson)));
    let crs = r#""crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32718"}}"#;
    for text in
        [format!("{{{crs},\"features\":[{POINT}]}}"), format!("{{\"features\":[{POINT}],{crs}}}")]
    {
        assert!(matches!(read_all(&text), Err(ImportError::ReferenceSystem { .. })), "{text}");
    }
    let sirgas = crs.replace("32718", "4674");
    assert_eq!(read_all(&format!("{{{sirgas},\"features\":[{POINT}]}}")).unwrap().len(), 1);
}

#[test]
fn what_is_no_number_is_nothing_and_counted() {
    let text = POINT.replace("{}", "{\"depth\":NaN}");
    let mut rows = 0;
    let not_numbers = read(text.as_bytes(), |_, row| {
        assert!(row.unwrap().cells.is_empty());
        rows += 1;
        Ok(())
    });
    assert_eq!((not_numbers.unwrap(), rows), (1, 1));
}
