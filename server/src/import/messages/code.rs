//! The stable names of all that an import says of a file and its rows. The words for them are
//! [`super::words`] in English, and the strings of the pages in each language.

/// An enum of codes, each with its name in snake_case.
macro_rules! codes {
    ($(#[$about:meta])* $kind:ident { $($(#[$doc:meta])* $code:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind { $($(#[$doc])* $code,)* }

        impl $kind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// Stable, in snake_case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }
        }
    };
}

codes! {
    /// Why a row was not taken. Nothing of it was stored.
    RefusalCode {
        /// It has no place, and its file names columns for one.
        NoLocation = "no_location",
        /// It has a longitude alone.
        LatitudeMissing = "latitude_missing",
        /// It has a latitude alone.
        LongitudeMissing = "longitude_missing",
        /// In no form that is known.
        LatitudeUnreadable = "latitude_unreadable",
        /// In no form that is known.
        LongitudeUnreadable = "longitude_unreadable",
        /// Both coordinates in one cell, in no form that is known.
        LocationUnreadable = "location_unreadable",
        /// Metres of UTM of which nobody says the zone.
        UtmZoneMissing = "utm_zone_missing",
        /// Beyond ± 90 degrees.
        LatitudeOutOfRange = "latitude_out_of_range",
        /// Beyond ± 180 degrees.
        LongitudeOutOfRange = "longitude_out_of_range",
        /// The place would be among the others if latitude and longitude were exchanged.
        PlaceSwapped = "place_swapped",
        /// The place would be among the others if a coordinate had its minus.
        PlaceSignLost = "place_sign_lost",
        /// In no form that is known.
        DateUnreadable = "date_unreadable",
        /// Day and month can be either way, and other dates of the file are written both ways.
        DateAmbiguous = "date_ambiguous",
        /// It has more values than the header has names.
        ColumnsMismatch = "columns_mismatch",
        /// The file ends in the middle of it.
        RowCut = "row_cut",
        /// It opens a quote that is never closed.
        QuoteUnclosed = "quote_unclosed",
        /// Over [`crate::limits::IMPORT_ROW_BYTES_MAX`]; nothing after it was read.
        RowTooLong = "row_too_long",
        /// Lines, areas, or several points.
        GeometryNotPoint = "geometry_not_point",
        /// It is no GeoJSON feature.
        FeatureMalformed = "feature_malformed",
        /// Nothing after it was read.
        JsonBroken = "json_broken",
        /// Over [`crate::limits::ROW_ID_BYTES_MAX`], or empty.
        IdTooLong = "id_too_long",
        /// It is no row.
        Malformed = "malformed",
        /// A field is larger than one may be.
        VersionTooLarge = "version_too_large",
        /// It has no category.
        VersionNoCategory = "version_no_category",
        /// A text has a character that cannot be kept.
        VersionControlCharacter = "version_control_character",
        /// It breaks another rule of what a version may be.
        VersionMalformed = "version_malformed",
    }
}

codes! {
    /// What a person should know of how a file was read.
    NoteCode {
        /// It is in Latin-1.
        Latin1 = "latin1",
        /// Some cells are not in the encoding of the others.
        BytesMixed = "bytes_mixed",
        /// Columns are separated by something other than a comma.
        Delimiter = "delimiter",
        /// Lines above the header row that were passed over.
        LinesBeforeHeader = "lines_before_header",
        /// Rows have one value more than the header: the first is the name of the row.
        RowNames = "row_names",
        /// A column name that another column has too.
        ColumnRepeated = "column_repeated",
        /// A column name that is too long, and was shortened.
        ColumnNameLong = "column_name_long",
        /// Rows of empty cells.
        RowsEmpty = "rows_empty",
        /// Rows with fewer values than names; what is missing is empty.
        RowsShort = "rows_short",
        /// Rows with more values than names, all of them empty.
        RowsLong = "rows_long",
        /// A quote within a cell that was taken as it is.
        QuotesOdd = "quotes_odd",
        /// NaN or Infinity in JSON, taken as null.
        JsonNan = "json_nan",
        /// Features without properties.
        NoProperties = "no_properties",
        /// The column that rows are known by.
        IdColumn = "id_column",
        /// No row has an id of its own; they are known by their content.
        NoIds = "no_ids",
        /// Rows with the id of another row of the file.
        IdsRepeated = "ids_repeated",
        /// Rows that are repeated in the file.
        RowsRepeated = "rows_repeated",
        /// The column that the dates are of, where its name alone does not say so.
        DateColumn = "date_column",
        /// Rows without any date.
        Undated = "undated",
        /// Times that name no zone.
        ZoneAssumed = "zone_assumed",
        /// Dates are written with the month first.
        MonthFirst = "month_first",
        /// Dates whose day and month could be either way, read with the day first.
        DatesAmbiguous = "dates_ambiguous",
        /// Years of two digits.
        YearsShort = "years_short",
        /// Dates that say no day.
        DatesCoarse = "dates_coarse",
        /// Dates that are the number of a day in a spreadsheet.
        DatesSerial = "dates_serial",
        /// Dates after today.
        DatesAhead = "dates_ahead",
        /// Dates before 1950.
        DatesLongAgo = "dates_long_ago",
        /// A time of day, in a column of its own, in no form that is known.
        TimeUnreadable = "time_unreadable",
        /// Rows without a place.
        Unplaced = "unplaced",
        /// Places at 0°, 0°.
        AtZero = "at_zero",
        /// Places computed from UTM.
        PlacesUtm = "places_utm",
        /// Categories that Chasqui does not know.
        CategoriesUnknown = "categories_unknown",
        /// Categories that are too long.
        CategoriesLong = "categories_long",
        /// Refused rows that are not listed.
        RefusedUnlisted = "refused_unlisted",
        /// Rows that say something else of a record that is here, and that are not listed.
        ChangesUnlisted = "changes_unlisted",
    }
}
