use std::io::Cursor;

use super::*;

type Rows = Vec<(u64, Result<RawRow, Refusal>)>;

fn read_as(text: &[u8], encoding: Encoding) -> (Rows, Table<Cursor<Vec<u8>>>) {
    let mut table = Table::open(Cursor::new(text.to_vec()), encoding).unwrap();
    let mut rows = Vec::new();
    table
        .read(|position, row| {
            rows.push((position.line, row));
            Ok(())
        })
        .unwrap();
    (rows, table)
}

fn read(text: &str) -> (Rows, Table<Cursor<Vec<u8>>>) {
    read_as(text.as_bytes(), Encoding::Utf8)
}

fn codes(rows: &Rows) -> Vec<(u64, &str)> {
    rows.iter()
        .map(|(line, row)| (*line, row.as_ref().map_or_else(|r| r.code.as_str(), |_| "")))
        .collect()
}

fn cell(row: &Result<RawRow, Refusal>, name: &str) -> String {
    let row = row.as_ref().unwrap();
    let found = row.cells.iter().find(|(other, _)| **other == *name);
    found.map_or_else(String::new, |(_, value)| crate::import::columns::raw::text_of(value))
}

fn noted(notes: &[(NoteCode, Told)], code: NoteCode) -> bool {
    notes.iter().any(|(other, _)| *other == code)
}

#[test]
fn rows_are_told_by_their_line_also_after_one_of_several_lines() {
    let (rows, _) = read("id,lat,lon,note\n1,-3.7,-73.2,\"two\nlines\"\n2,x,-73.2,\n3,1,2,3,4,5\n");
    assert_eq!(codes(&rows), [(2, ""), (4, ""), (5, "columns_mismatch")]);
    assert_eq!(cell(&rows[0].1, "note"), "two\nlines");
}

#[test]
fn a_quote_that_is_never_closed_refuses_its_row_alone() {
    let text =
        "id,lat,lon,nota\n1,-4,-73,\"agua negra”\n2,-4,-73,tala\n3,-4,-73,\"peces\"\n4,-4,-73,x\n";
    let (rows, _) = read(text);
    assert_eq!(codes(&rows), [(2, "quote_unclosed"), (3, ""), (4, ""), (5, "")]);
    assert_eq!(cell(&rows[2].1, "nota"), "peces");
    let mut long = b"lat,lon,note\n1,1,fine\n2,2,\"open\n3,3,x\n".to_vec();
    long.extend(b"4,4,y\n".repeat(limits::IMPORT_QUOTED_BYTES_MAX));
    let (rows, _) = read_as(&long, Encoding::Utf8);
    assert_eq!(codes(&rows[..3].to_vec()), [(2, ""), (3, "quote_unclosed"), (4, "")]);
}

#[test]
fn a_line_that_is_too_long_ends_the_file_with_a_refusal() {
    let mut text = b"lat,lon,note\n1,1,fine\n2,2,".to_vec();
    text.resize(text.len() + 2 * limits::IMPORT_ROW_BYTES_MAX, b'x');
    let (rows, _) = read_as(&text, Encoding::Utf8);
    assert_eq!(codes(&rows), [(2, ""), (3, "row_too_long")]);
}

#[test]
fn short_and_long_and_empty_rows_are_read_and_told() {
    let (rows, table) = read("id,lat,lon,nota,quien\n1,1,2\n,,,,\n2,1,2,a,b,,\n3,1,2,a\n4,1");
    assert_eq!(codes(&rows), [(2, ""), (4, ""), (5, ""), (6, "row_cut")]);
    let notes = |at: usize| &rows[at].1.as_ref().unwrap().notes;
    assert!(noted(notes(0), NoteCode::RowsShort) && noted(notes(1), NoteCode::RowsLong));
    assert_eq!(table.rows_empty, 1);
}

#[test]
fn the_delimiter_is_the_one_that_parts_all_rows_alike() {
    for (text, sign) in [
        (
            "latitud;longitud;observación (qué, cuánto, cuándo, y quién, y a qué hora)\n-4,1;-73,2;tala\n",
            ";",
        ),
        ("sep=;\nid;lat;lon\n1;-4,1203;-73,4410\n", ";"),
        ("lat\tlon\tnota\n-4,1\t-73,2\ta, b; c\n", "TAB"),
        ("lat|lon|nota\n-4.1|-73.2|a, b; c\n", "|"),
        ("\"lat\";\"lon\"\n\"-4,1\";\"-73,2\"\n", ";"),
    ] {
        let (rows, table) = read(text);
        let told = table.notes.iter().find(|(code, _)| *code == NoteCode::Delimiter).unwrap();
        assert_eq!(told.1.value.as_deref(), Some(sign), "{text}");
        assert_eq!(rows.len(), 1, "{text}");
    }
}

#[test]
fn lines_above_the_header_and_names_of_rows_are_known() {
    let (rows, table) = read("Registro 2026,,\nPunto,,\nlat,lon,nota\n1,2,x\n");
    assert_eq!(codes(&rows), [(4, "")]);
    assert!(noted(&table.notes, NoteCode::LinesBeforeHeader));
    let (rows, table) = read("lat,lon,nota\n\"1\",-4,-73,x\n\"2\",-4,-73,y\n");
    assert!(noted(&table.notes, NoteCode::RowNames));
    assert_eq!((cell(&rows[0].1, "lat"), cell(&rows[0].1, "column 1")), ("-4".into(), "1".into()));
}

#[test]
fn names_that_are_repeated_or_too_long_are_kept_apart_and_told() {
    let long = "pregunta ".repeat(20);
    let (rows, table) = read(&format!("lat,lon,lat,{long},\n1,2,3,4,5\n"));
    assert_eq!((cell(&rows[0].1, "lat"), cell(&rows[0].1, "lat (2)")), ("1".into(), "3".into()));
    assert_eq!(cell(&rows[0].1, "column 5"), "5");
    assert!(
        noted(&table.notes, NoteCode::ColumnRepeated)
            && noted(&table.notes, NoteCode::ColumnNameLong)
    );
}

#[test]
fn one_cell_in_latin_1_is_told_by_its_row() {
    let text = ["lat,lon,nota\n1,1,río\n2,2,compa".as_bytes(), b"\xf1ero\n"].concat();
    let (rows, _) = read_as(&text, Encoding::Utf8);
    assert_eq!(
        (cell(&rows[0].1, "nota"), cell(&rows[1].1, "nota")),
        ("río".into(), "compañero".into())
    );
    assert!(noted(&rows[1].1.as_ref().unwrap().notes, NoteCode::BytesMixed));
    assert!(rows[0].1.as_ref().unwrap().notes.is_empty());
}

#[test]
fn tables_with_tabs_and_without_quoting_are_read() {
    let (rows, _) = read("lat\tlon\tnota\n1\t1\t\"Rio\n2\t2\tx\n");
    assert_eq!(codes(&rows), [(2, ""), (3, "")]);
    assert_eq!(cell(&rows[0].1, "nota"), "\"Rio");
}

#[test]
fn a_cell_of_many_lines_with_many_quotes_is_read_in_time_that_grows_with_it() {
    let cell = "dijo \"\"ya\"\"\n".repeat(5_000);
    let (rows, _) = read(&format!("lat,lon,nota\n1,1,\"{cell}\"\n2,2,x\n"));
    assert_eq!(codes(&rows), [(2, ""), (5_003, "")]);
    assert_eq!(
        cell.len() - cell.matches("\"\"").count() - 1,
        crate::import::columns::raw::text_of(&rows[0].1.as_ref().unwrap().cells[2].1).len()
    );
    let open = "\"\"\n".repeat(100_000);
    let (rows, _) = read(&format!("lat,lon,nota\n1,1,\"a\n{open}2,2,x\n"));
    assert_eq!(codes(&rows)[0], (2, "quote_unclosed"));
}
