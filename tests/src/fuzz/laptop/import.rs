//! Files that claim to hold observations.

use std::io::Write;

use chasqui_server::{
    import::{ImportOptions, Report, import_file},
    store::Store,
    zone::Zone,
};
use tempfile::NamedTempFile;

/// Imports the bytes as a file, twice.
///
/// # Panics
/// If a row is added twice, is refused only once, or is refused without a name.
pub fn import(data: &[u8]) {
    let mut file = NamedTempFile::new().expect("a small file can be made");
    file.write_all(data).expect("a small file can be written");
    let store = Store::open_with(redb::backends::InMemoryBackend::new());
    let store = store.expect("a store in memory opens");
    let options = ImportOptions::new(Zone::of_machine());
    let take = || import_file(&store, file.path(), "file", &options, &mut |_| {});
    match (take(), take()) {
        (Ok(first), Ok(second)) => check(&first, &second),
        (Err(first), Err(second)) => assert_eq!(first.code(), second.code()),
        (first, second) => panic!("the same file is {first:?}, then {second:?}"),
    }
}

fn check(first: &Report, second: &Report) {
    assert_eq!((second.added, second.differing), (0, 0), "the same file adds and changes nothing");
    assert_eq!(first.differing, 0, "nothing was there before");
    assert_eq!((first.refused, &first.rows), (second.refused, &second.rows));
    assert_eq!(first.added + first.known, second.known, "every row that was taken is known");
    for row in &first.rows {
        assert!(row.position.line > 0 && !row.code.is_empty() && !row.message.is_empty());
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let feature = r#"{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[-73.2,-3.7]},
        "properties":{"category":"fire","note":"x","observed_at":"2026-11-23T12:00:00Z","fish":4}}"#;
    let features =
        format!(r#"{{"type":"FeatureCollection","features":[{feature},{{"type":"Feature"}}]}}"#);
    let texts = [
        "id,lat,lon,note\n1,-3.7,-73.2,\"two\nlines\"\n2,x,-73.2,\n3,,,\n4,1,2\n1,-3.7,-73.2,x\n",
        "Latitud;Longitud;Fecha;Categoría\n-3,7491;-73,25;23/11/2026;río\n1;1;03/25/2026 14:05;x\n",
        "lat\tlon\tdate\n3°44'57\"S\t73°12'W\t2026-11-23\n",
        "lat,lon\n91,0\n0,181\n0,0\n",
        "\u{feff}lat,lon\n1,1\n",
        "sep=;\nUTM_X;UTM_Y;Zona;Fecha;Hora\n673812;9544231;18S;2 de mayo de 2026;3:15 p. m.\n",
        "Registro,,\nlugar,_uuid,nota\n-4.1 -73.2 100 5,5f0c1b7e-2a54-4b0e-9d61-0c6a3d1f1a01,\"a\n1,2,3\n",
        "\u{1e}{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"a\":NaN}}\n",
        feature,
        &features,
        "{\"type\":\"Topology\"}",
        "{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:32718\"}},\"features\":[]}",
        "",
        "\u{0}",
    ];
    let mut seeds: Vec<_> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.push(b"lat,lon,note\n1,1,r\xedo\n".to_vec());
    seeds
}
