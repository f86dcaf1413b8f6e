//! What an import says, in English: for the command line, and beside each code of the API.

use std::fmt::Write;

use super::{
    code::{NoteCode, RefusalCode},
    note::Note,
    told::Told,
};
use crate::limits;

/// Why a row was not taken.
pub(in crate::import) fn refusal(code: RefusalCode, told: &Told) -> String {
    use RefusalCode::*;
    let value = told.value.as_deref().unwrap_or_default();
    let limit = told.limit.unwrap_or_default();
    let mut text = match code {
        NoLocation => "the row has no place".to_owned(),
        LatitudeMissing => "the row has no latitude".to_owned(),
        LongitudeMissing => "the row has no longitude".to_owned(),
        LatitudeUnreadable => format!("the latitude {value:?} is in no form that is known"),
        LongitudeUnreadable => format!("the longitude {value:?} is in no form that is known"),
        LocationUnreadable => format!("the place {value:?} is in no form that is known"),
        UtmZoneMissing => format!("the metres {value} have no zone of UTM, as 18S"),
        LatitudeOutOfRange => format!("the latitude {value} is beyond ± 90 degrees"),
        LongitudeOutOfRange => format!("the longitude {value} is beyond ± 180 degrees"),
        PlaceSwapped => {
            format!(
                "the place {value} is far from the others; latitude and longitude seem exchanged"
            )
        }
        PlaceSignLost => format!("the place {value} is far from the others; a minus seems lost"),
        DateUnreadable => format!("the date {value:?} is in no form that is known"),
        DateAmbiguous => {
            format!("the day and the month of {value:?} can be either way, and the file has both")
        }
        ColumnsMismatch => format!("the row has {value} values under {limit} column names"),
        RowCut => "the file ends in the middle of this row".to_owned(),
        QuoteUnclosed => "the quote that begins in this row is never closed".to_owned(),
        RowTooLong => {
            format!("the row has more than {limit} bytes; nothing after it was read")
        }
        GeometryNotPoint => format!("the geometry is a {value}, and only one point is read"),
        FeatureMalformed => format!("this is no GeoJSON feature: {value}"),
        JsonBroken => "the JSON is broken here; nothing after it was read".to_owned(),
        IdTooLong => format!("the id has more than {limit} bytes, or none"),
        Malformed => format!("the row cannot be read: {value}"),
        VersionTooLarge => format!("a field has size {value}, more than {limit}"),
        VersionNoCategory => "the category is empty".to_owned(),
        VersionControlCharacter => "a text has a control character".to_owned(),
        VersionMalformed => format!("the row cannot be kept: {value}"),
    };
    if let Some(column) = &told.column {
        // Writing to a String cannot fail.
        let _ = write!(text, " (column {column:?})");
    }
    text
}

/// What a person should know.
pub(in crate::import) fn note(note: &Note) -> String {
    let code = NoteCode::ALL.iter().find(|code| code.as_str() == note.code);
    let Some(code) = code else { return note.code.clone() };
    let rows = match note.count {
        1 => "1 row".to_owned(),
        count => format!("{count} rows"),
    };
    let mut text = sentence(*code, &rows, &note.told);
    let lines: Vec<_> = note
        .at
        .iter()
        .map(|at| match at.feature {
            Some(feature) => format!("feature {feature}"),
            None => format!("line {}", at.line),
        })
        .collect();
    if !lines.is_empty() {
        let more = if note.count > lines.len() as u64 { ", …" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(text, " ({}{more})", lines.join(", "));
    }
    text + "."
}

fn sentence(code: NoteCode, rows: &str, told: &Told) -> String {
    use NoteCode::*;
    let value = told.value.as_deref().unwrap_or_default();
    let column = told.column.as_deref().unwrap_or_default();
    match code {
        Latin1 => "The file is not UTF-8; it was read as Latin-1 (windows-1252)".into(),
        BytesMixed => {
            format!("{rows}: a cell is not UTF-8 and was read as Latin-1, first {value:?}")
        }
        Delimiter => format!("Columns are separated by {value}"),
        LinesBeforeHeader => {
            format!("The header is line {value}; what stands above it was passed over")
        }
        RowNames => "Each row has a name before its first column".into(),
        ColumnRepeated => {
            format!("Two columns are called {column:?}; one of them is kept as {value:?}")
        }
        ColumnNameLong => {
            format!("The name of the column {column:?} is too long; it is kept as {value:?}")
        }
        RowsEmpty => format!("{rows}: empty, passed over"),
        RowsShort => {
            format!("{rows}: fewer values than column names; what is missing was taken as empty")
        }
        RowsLong => format!("{rows}: more values than column names, all of them empty"),
        QuotesOdd => format!("{rows}: a quote within a cell was taken as it is"),
        JsonNan => format!("{value} times NaN or Infinity was taken as nothing"),
        NoProperties => format!("{rows}: no properties"),
        IdColumn => format!("Rows are known by the column {column:?}"),
        NoIds => {
            "No column has ids that are one of a kind; rows are known again by what they say".into()
        }
        IdsRepeated => format!("{rows}: the id of another row; what they say tells them apart"),
        RowsRepeated => format!("{rows}: the same as another row of the file"),
        DateColumn => format!("The date is taken from the column {column:?}"),
        Undated => format!("{rows}: no date; they carry the moment of their import"),
        ZoneAssumed => format!("{rows}: a time without a zone, which was taken as of {value}"),
        MonthFirst => "Dates are written with the month first".into(),
        DatesAmbiguous => format!(
            "{rows}: the date can be read with the day or the month first; it was read with the day first, as {value:?}"
        ),
        YearsShort => format!(
            "{rows}: the year has two digits and was taken from 1970 to 2069, as in {value:?}"
        ),
        DatesCoarse => format!(
            "{rows}: the date says no day, or several; its first day was taken, as of {value:?}"
        ),
        DatesSerial => format!("{rows}: the date is a number of a spreadsheet, as {value:?}"),
        DatesAhead => format!("{rows}: the date is in the future, as {value:?}"),
        DatesLongAgo => format!("{rows}: the date is before 1950, as {value:?}"),
        TimeUnreadable => format!(
            "{rows}: the time of day is in no form that is known, as {value:?}; the day was taken"
        ),
        Unplaced => format!("{rows}: taken without a place"),
        AtZero => format!("{rows}: at 0°, 0°, which is often a place that was never measured"),
        PlacesUtm => format!("{rows}: the place was computed from UTM, zone {value:?}"),
        CategoriesUnknown => format!("{rows}: a category of their own, first {value:?}"),
        CategoriesLong => format!(
            "{rows}: the category has more than {} bytes; it is kept as an answer",
            chasqui_shared::limits::CATEGORY_BYTES_MAX
        ),
        RefusedUnlisted => format!(
            "{rows} more were refused than the {} that are listed",
            limits::IMPORT_REFUSED_LISTED_MAX
        ),
        ChangesUnlisted => format!(
            "{rows} more differ than the {} that are listed",
            limits::IMPORT_REFUSED_LISTED_MAX
        ),
    }
}
