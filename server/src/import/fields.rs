//! The fields of one observation, gathered from the cells of a row or the properties of a feature.

use std::collections::BTreeMap;

use chasqui_shared::{Answer, Draft, Kind, Location, label};

use super::{
    Refusal, Row,
    columns::Column,
    date::{DateOrder, read_date},
    degrees::{read_number, short},
};
use crate::zone::Zone;

/// The category of a row that names none.
const OTHER: &str = "other";

/// What was gathered so far.
#[derive(Debug, Default)]
pub(super) struct Fields {
    id: Option<String>,
    category: Option<String>,
    note: String,
    date: String,
    accuracy_m: Option<u32>,
    altitude_m: Option<i32>,
    answers: BTreeMap<String, Answer>,
}

impl Fields {
    /// Adds a value that is there. Latitude and longitude are the caller's to read, and become answers here.
    pub fn put(&mut self, column: Column, name: &str, value: Answer) {
        let text = text_of(&value);
        match column {
            Column::Id => self.id = Some(text),
            Column::Category => {
                let id = category_id(&text);
                if id != text {
                    self.answers.insert(name.to_owned(), value);
                }
                self.category = Some(id).filter(|id| !id.is_empty());
            }
            Column::Note => self.note = text,
            Column::Date => self.date = text,
            Column::Accuracy => match read_number(&text).filter(|m| (0.0..=4e9).contains(m)) {
                Some(metres) => self.accuracy_m = Some(metres.round() as u32),
                None => self.answer(name, value),
            },
            Column::Altitude => match read_number(&text).filter(|m| m.abs() <= 2e9) {
                Some(metres) => self.altitude_m = Some(metres.round() as i32),
                None => self.answer(name, value),
            },
            Column::Latitude | Column::Longitude | Column::Answer => self.answer(name, value),
        }
    }

    fn answer(&mut self, name: &str, value: Answer) {
        self.answers.insert(name.to_owned(), value);
    }

    /// The row, unless its date cannot be read.
    pub fn into_row(
        self,
        location: Option<Location>,
        order: DateOrder,
        zone: &Zone,
    ) -> Result<Row, Refusal> {
        let read = match self.date.as_str() {
            "" => None,
            date => Some(read_date(date, order, zone).ok_or_else(|| {
                let message = format!("the date {:?} is in no form that is known", short(date));
                Refusal::new("date_unreadable", message)
            })?),
        };
        let (accuracy_m, altitude_m) = (self.accuracy_m, self.altitude_m);
        let location = location.map(|at| Location {
            accuracy_m: at.accuracy_m.or(accuracy_m),
            altitude_m: at.altitude_m.or(altitude_m),
            ..at
        });
        let draft = Draft {
            kind: Kind::Observation,
            category: self.category.unwrap_or_else(|| OTHER.to_owned()),
            note: self.note,
            observed_at: read.map(|read| read.at),
            zone_assumed: read.is_some_and(|read| read.zone_assumed),
            location,
            answers: self.answers,
            ..Draft::default()
        };
        Ok(Row { id: self.id, draft })
    }
}

/// A category as an id of the catalogue: "Oil spill" is `oil_spill`.
fn category_id(text: &str) -> String {
    let text = label(text);
    let words = text.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("_")
}

fn text_of(value: &Answer) -> String {
    match value {
        Answer::Boolean(is) => is.to_string(),
        Answer::Integer(number) => number.to_string(),
        Answer::Text(text) => text.trim().to_owned(),
        Answer::Choices(choices) => choices.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_becomes_an_id_and_keeps_its_words_as_an_answer() {
        let mut fields = Fields::default();
        fields.put(Column::Category, "Tipo", Answer::Text("Oil  Spill".into()));
        let row = fields.into_row(None, DateOrder::DayFirst, &Zone::of_machine()).unwrap();
        assert_eq!(row.draft.category, "oil_spill");
        assert_eq!(row.draft.answers["Tipo"], Answer::Text("Oil  Spill".into()));
    }

    #[test]
    fn a_date_that_cannot_be_read_refuses_the_row_and_none_does_not() {
        let mut fields = Fields::default();
        fields.put(Column::Date, "date", Answer::Text("last summer".into()));
        let refusal = fields.into_row(None, DateOrder::DayFirst, &Zone::of_machine()).unwrap_err();
        assert_eq!(refusal.code, "date_unreadable");
        let row =
            Fields::default().into_row(None, DateOrder::DayFirst, &Zone::of_machine()).unwrap();
        assert_eq!((row.draft.observed_at, row.draft.category.as_str()), (None, OTHER));
    }
}
