//! What a column may hold, by the names that people and programs give it, in Spanish, Portuguese
//! and English.

use chasqui_shared::fold;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::import) enum Column {
    Latitude,
    Longitude,
    /// North or south, of a latitude in another column.
    NorthSouth,
    /// East or west.
    EastWest,
    /// Both coordinates.
    Place,
    /// Metres of UTM.
    Easting,
    Northing,
    UtmZone,
    Altitude,
    Accuracy,
    Category,
    Note,
    /// A day, or a day and a time.
    Date,
    /// A time of day.
    Time,
    Year,
    Month,
    Day,
    /// What the source calls the row.
    Id,
    /// Where `catalogNumber` counts.
    Institution,
    CatalogNumber,
}

/// For each kind of column the names it may have, best first, as [`plain`] writes them.
const NAMES: &[(Column, &str)] = &[
    (
        Column::Latitude,
        "decimallatitude latitude lat latitud latitudedecimal latituddecimal latdec gpslatitude y",
    ),
    (
        Column::Longitude,
        "decimallongitude longitude lon lng long longitud longitudedecimal longituddecimal londec \
         gpslongitude x",
    ),
    (
        Column::NorthSouth,
        "ns latns lathemisphere latituderef gpslatituderef hemisferiolatitud latref",
    ),
    (Column::EastWest, "ew eo ol lonew longituderef gpslongituderef hemisferiolongitud lonref"),
    (
        Column::Place,
        "wkt wktgeom geometry geom thegeom geopoint latlon latlong latlng latitudlongitud \
         latitudelongitude coordenadas coordinates coords location ubicacion localizacion \
         localizacao geolocation gps posicion posicao position point punto ponto lugar",
    ),
    (Column::Easting, "utmx xutm utmeste esteutm utmeasting utme easting este"),
    (Column::Northing, "utmy yutm utmnorte norteutm utmnorthing utmn northing norte"),
    (Column::UtmZone, "utmzone zonautm utmzona zoneutm huso fuso fusoutm zona zone"),
    (
        Column::Altitude,
        "altitudem altitude altitud elevation ele elevacion elevacao minimumelevationinmeters msnm \
         alt cota gpsaltitude",
    ),
    (
        Column::Accuracy,
        "accuracym accuracy coordinateuncertaintyinmeters positionalaccuracy precision precisao \
         exactitud exatidao gpsaccuracy",
    ),
    (Column::Category, "category categoria categoryname type tipo kind clase classe"),
    (
        Column::Note,
        "note notes nota notas description descripcion descricao comment comments comentario \
         comentarios observaciones observacoes observacion observacao obs remarks occurrenceremarks \
         detalle detalles detalhe detalhes",
    ),
    (
        Column::Date,
        "timeobservedat observedat observedon eventdate datetime fechahora datahora \
         datetimeoriginal observationdate dateobserved date fecha data timestamp start inicio today \
         createdat created creationdate recordedat submissiontime submissiondate time dia day",
    ),
    (Column::Time, "eventtime observationtime hora horario time hour horas timeofday"),
    (Column::Year, "year ano anio"),
    (Column::Month, "month mes"),
    (Column::Day, "day dia"),
    (
        Column::Id,
        "uuid instanceid metainstanceid key ec5uuid globalid guid globaluniqueidentifier \
         occurrenceid gbifid docid record id observationid objectid fid ogcfid gid index \
         identificador codigo nro num numero unnamed0",
    ),
    (Column::Institution, "institutioncode"),
    (Column::CatalogNumber, "catalognumber"),
];

/// Words that say nothing of what a column holds beside those that do.
const NOISE: &str = "de da do del di la el los las the of in en em at on for gps wgs84 wgs decimal \
    decimales decimais grados graus degrees deg dd gd observacion observacao observation registro \
    record evento event avistamiento hallazgo ocorrencia ocurrencia incidente captura coleta \
    colecta campo visita monitoreo monitoramento sitio coordenada coord observado observada \
    amenaza ameaca waypoint start end report reported deployment";

/// Names that look like another's.
const MISLEADING: &[&str] = &["formhubuuid", "rootuuid", "xformid", "deviceid", "instancename"];

/// A kind that a name may stand for, and how good a name for it it is, the best being 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Candidate {
    pub column: Column,
    pub rank: usize,
}

/// What a name may stand for.
pub(in crate::import) fn candidates(name: &str) -> Vec<Candidate> {
    let (whole, last) = (plain(name), plain(last_part(name)));
    if MISLEADING.contains(&whole.as_str()) {
        return Vec::new();
    }
    let words = words(name);
    let telling: String = words.iter().filter(|w| !is_noise(w)).map(String::as_str).collect();
    let mut found = Vec::new();
    for (column, known) in NAMES {
        let rank_of = |name: &str| known.split_whitespace().position(|known| known == name);
        if let Some(rank) = rank_of(&whole).or_else(|| rank_of(&last)).or_else(|| rank_of(&telling))
        {
            found.push(Candidate { column: *column, rank });
        }
    }
    found
}

/// What a name ends or begins with, beside which question it is about: `_Lugar_latitude` and
/// `lat_2_Lugar`.
pub(in crate::import) fn ending(name: &str) -> Option<(&str, Column)> {
    let signs = ['_', '-', '.', '/', ' '];
    let column_of = |part: &str| match plain(part).as_str() {
        "latitude" | "latitud" | "lat" => Some(Column::Latitude),
        "longitude" | "longitud" | "lon" | "lng" | "long" => Some(Column::Longitude),
        "altitude" | "altitud" | "alt" => Some(Column::Altitude),
        "precision" | "accuracy" => Some(Column::Accuracy),
        _ => None,
    };
    let at_end = name.rsplit_once(signs).and_then(|(of, part)| Some((of, column_of(part)?)));
    let at_begin = || name.split_once(signs).and_then(|(part, of)| Some((of, column_of(part)?)));
    at_end.or_else(at_begin).filter(|(question, _)| !question.is_empty())
}

/// Whether a name says in which order a date is written.
pub(in crate::import) fn says_order(name: &str) -> Option<crate::import::dates::order::DateOrder> {
    use crate::import::dates::order::DateOrder;
    let name = fold(name);
    let at = |what: &str| name.find(what);
    if at("dd/mm").or(at("dd-mm")).is_some() {
        Some(DateOrder::DayFirst)
    } else {
        at("mm/dd").or(at("mm-dd")).map(|_| DateOrder::MonthFirst)
    }
}

/// A name without accents, case and punctuation, and without what stands in brackets.
pub(in crate::import) fn plain(name: &str) -> String {
    words(name).concat()
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

fn is_noise(word: &str) -> bool {
    NOISE.split_whitespace().any(|noise| noise == word)
}

/// The words of a name; a capital after a small letter begins one.
fn words(name: &str) -> Vec<String> {
    let name = name.split(['(', '[']).next().filter(|n| !n.trim().is_empty()).unwrap_or(name);
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let is_mark = !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c);
        if is_mark || (was_small && c.is_uppercase()) {
            words.push(String::new());
        }
        was_small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| !is_mark) {
            word.push(c);
        }
    }
    words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_known_in_three_languages_and_any_writing() {
        for (name, column) in [
            ("Lat", Column::Latitude),
            ("LATITUD (°)", Column::Latitude),
            ("Latitude decimal", Column::Latitude),
            ("dwc:decimalLatitude", Column::Latitude),
            ("coord_x", Column::Longitude),
            ("Fecha de observación", Column::Date),
            ("FechaObservacion", Column::Date),
            ("Data da observação", Column::Date),
            ("$createdAt", Column::Date),
            ("_submission_time", Column::Date),
            ("data", Column::Date),
            ("hora", Column::Time),
            ("Hora del avistamiento", Column::Time),
            ("observações", Column::Note),
            ("observac\u{327}o\u{303}es", Column::Note),
            ("Precisão (m)", Column::Accuracy),
            ("Tipo de amenaza", Column::Category),
            ("meta/instanceID", Column::Id),
            ("$id", Column::Id),
            ("_uuid", Column::Id),
            ("Año", Column::Year),
        ] {
            let found = candidates(name);
            assert!(found.iter().any(|found| found.column == column), "{name}: {found:?}");
        }
        for name in ["responsable", "formhub/uuid", "Base de datos", "¿Qué se observó?", "people"]
        {
            assert_eq!(candidates(name), [], "{name}");
        }
    }

    #[test]
    fn a_question_about_a_place_has_four_columns() {
        assert_eq!(ending("_Lugar_latitude"), Some(("_Lugar", Column::Latitude)));
        assert_eq!(ending("ubicacion-Longitude"), Some(("ubicacion", Column::Longitude)));
        assert_eq!(ending("lat_2_Lugar"), Some(("2_Lugar", Column::Latitude)));
        assert_eq!(ending("_latitude"), None);
        assert_eq!(ending("nota_larga"), None);
    }
}
