//! What a column is, by the names that people and programs give it.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Latitude,
    Longitude,
    Altitude,
    Accuracy,
    Category,
    Note,
    Date,
    Id,
    /// Anything else: an answer under the column's own name.
    Answer,
}

/// For each kind of column the names it may have, best first, as [`plain`] writes them.
const NAMES: [(Column, &[&str]); 8] = [
    (Column::Latitude, &["latitude", "lat", "decimallatitude", "latitud", "latitudedecimal", "y"]),
    (
        Column::Longitude,
        &[
            "longitude",
            "lon",
            "lng",
            "long",
            "decimallongitude",
            "longitud",
            "longitudedecimal",
            "x",
        ],
    ),
    (
        Column::Altitude,
        &["altitudem", "altitude", "altitud", "elevation", "ele", "minimumelevationinmeters"],
    ),
    (Column::Accuracy, &["accuracym", "accuracy", "coordinateuncertaintyinmeters", "precision"]),
    (Column::Category, &["category", "categoria", "categoría", "type", "tipo", "kind"]),
    (
        Column::Note,
        &[
            "note",
            "notes",
            "nota",
            "notas",
            "description",
            "descripcion",
            "descripción",
            "descricao",
            "descrição",
            "comment",
            "comments",
            "comentario",
            "comentarios",
            "observaciones",
            "remarks",
            "occurrenceremarks",
        ],
    ),
    (
        Column::Date,
        &["observedat", "observedon", "eventdate", "datetime", "date", "fecha", "timestamp"],
    ),
    (Column::Id, &["id", "occurrenceid", "uuid", "guid", "globalid", "gbifid", "identificador"]),
];

/// What each name of a header row stands for. Each kind of column is found once, by its best name.
pub(super) fn columns(names: &[String]) -> Vec<Column> {
    let plain_names: Vec<_> = names.iter().map(|name| plain(name)).collect();
    let mut columns = vec![Column::Answer; names.len()];
    for (column, known) in NAMES {
        let found = known.iter().find_map(|known| plain_names.iter().position(|n| n == known));
        if let Some(at) = found {
            columns[at] = column;
        }
    }
    columns
}

/// Lower case, letters and digits only, without the prefix of a Darwin Core term.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_known_in_any_writing_and_each_kind_once() {
        let of = |names: &[&str]| {
            columns(&names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            of(&["Lat", "LNG", "Fecha", "Categoría", "other"]),
            [Column::Latitude, Column::Longitude, Column::Date, Column::Category, Column::Answer]
        );
        assert_eq!(
            of(&["dwc:decimalLatitude", "decimal_longitude", "y", "x"]),
            [Column::Latitude, Column::Longitude, Column::Answer, Column::Answer]
        );
        assert_eq!(of(&["id", "occurrenceID"]), [Column::Id, Column::Answer]);
    }
}
