//! A row as an observation, by what was decided for its file.

use chasqui_shared::{Answer, Draft, Kind, ObservedAt, Timestamp};

use super::categories::{Category, OTHER, category_of};
use super::placing::{place_of, put_metres};
use crate::import::messages::refusal::Refusal;
use crate::{
    import::{
        columns::{
            evidence::Evidence,
            identity::worldwide,
            meant::Meant,
            names::Column,
            plan::Plan,
            raw::{RawRow, is_blank, text_of},
        },
        dates::{
            date::{ReadDate, read_date},
            order::NoDate,
        },
        messages::{
            code::{NoteCode, RefusalCode},
            told::Told,
        },
        places::{
            degrees::location,
            region::{Whereabouts, doubt},
        },
    },
    system::{wall_clock, zone::Zone},
};

/// Whoever saw something before this year probably meant another.
const LONG_AGO: &str = "1950-01-01";

/// What was decided for a file.
#[derive(Debug)]
pub(in crate::import) struct Reading {
    plan: Plan,
    /// Of times that name none.
    zone: Zone,
    /// Where other places lie.
    middle: Option<Whereabouts>,
    now: Timestamp,
}

/// A row that was read.
#[derive(Debug)]
pub(in crate::import) struct ReadRow {
    pub draft: Draft,
    /// An id that is one of a kind in the world.
    pub id: Option<String>,
    /// What tells it apart from others that say the same.
    pub counter: Option<String>,
    pub notes: Vec<(NoteCode, Told)>,
}

impl Reading {
    /// Decides for a file; `project` is the middle of what is here already.
    pub fn of(evidence: &Evidence, zone: &Zone, project: Option<Whereabouts>) -> Self {
        let own = evidence.region.middle();
        // Where all of a file may be wrong, its middle shows nothing.
        let is_doubtful = own.is_some_and(|(lat, lon)| {
            location(lat, lon).is_ok_and(|middle| doubt(&middle, project).is_some())
        });
        let middle = if is_doubtful { project } else { own.or(project) };
        Self { plan: Plan::of(evidence), zone: zone.clone(), middle, now: wall_clock::now() }
    }

    /// What each column becomes.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Reads a row, unless it has to be refused.
    pub fn row(&self, raw: RawRow) -> Result<ReadRow, Refusal> {
        let mut notes = raw.notes;
        let mut draft =
            Draft { kind: Kind::Observation, category: OTHER.to_owned(), ..Draft::default() };
        let (mut id, mut counter) =
            (raw.id.as_deref().and_then(crate::import::columns::identity::by_itself), None);
        let mut meant = Meant::default();
        for (name, value) in raw.cells {
            let text = text_of(&value);
            if id.is_none() && self.plan.id.as_ref() == Some(&name) {
                id = worldwide(&name, &text);
            }
            if self.plan.counters.contains(&name) {
                counter.get_or_insert_with(String::new).push_str(&format!("{text}\n"));
            }
            match self.plan.columns.get(&name).copied() {
                None => {
                    draft.answers.insert(name.to_string(), value);
                }
                Some(column) => {
                    if !is_consumed(column) {
                        draft.answers.insert(name.to_string(), value);
                    }
                    if column == Column::Note || !is_blank(&text) {
                        meant.put(column, name, text);
                    }
                }
            }
        }
        counter = raw.id.filter(|_| id.is_none()).or(counter);
        id = id.or_else(|| catalogued(&meant));
        draft.location = place_of(&meant, raw.place, raw.may_lack_place, self.middle, &mut notes)?;
        put_metres(&meant, &mut draft);
        put_words(&meant, &mut draft, &mut notes);
        self.put_date(&meant, &mut draft, &mut notes)?;
        Ok(ReadRow { draft, id, counter, notes })
    }

    fn put_date(
        &self,
        meant: &Meant,
        draft: &mut Draft,
        notes: &mut Vec<(NoteCode, Told)>,
    ) -> Result<(), Refusal> {
        let read = |text: &str| read_date(text, self.plan.order, &self.zone);
        let Some((name, text)) = self.day_of(meant) else {
            notes.push((NoteCode::Undated, Told::default()));
            return Ok(());
        };
        let refused = |why: NoDate| {
            let code = match why {
                NoDate::Unreadable => RefusalCode::DateUnreadable,
                NoDate::Ambiguous => RefusalCode::DateAmbiguous,
            };
            Refusal::new(code, Told::value(&text).in_column(&name))
        };
        let mut date = read(&text).map_err(refused)?;
        if let (ObservedAt::Day(_), Some((column, time))) = (date.at, meant.get(Column::Time)) {
            match read(&format!("{text} {time}")) {
                Ok(both) => date = both,
                Err(_) => {
                    draft.answers.insert(column.to_owned(), Answer::Text(time.to_owned()));
                    notes.push((NoteCode::TimeUnreadable, Told::value(time).in_column(column)));
                }
            }
        } else if let Some((column, time)) = meant.get(Column::Time) {
            draft.answers.insert(column.to_owned(), Answer::Text(time.to_owned()));
        }
        self.note_date(&date, &name, &text, draft, notes);
        draft.observed_at = Some(date.at);
        draft.zone_assumed = date.zone_assumed;
        Ok(())
    }

    /// The cell of the date, or a date of its parts.
    fn day_of(&self, meant: &Meant) -> Option<(String, String)> {
        if let Some((name, text)) = meant.get(Column::Date) {
            let is_nothing =
                text.chars().all(|c| matches!(c, '0' | '-' | '/' | ':' | ' ' | '.' | 'T' | 'Z'));
            return (!is_nothing).then(|| (name.to_owned(), text.to_owned()));
        }
        let (name, year) = meant.get(Column::Year)?;
        let text = match (meant.get(Column::Month), meant.get(Column::Day)) {
            (Some((_, month)), Some((_, day))) => format!("{year}-{month}-{day}"),
            (Some((_, month)), None) => format!("{year}-{month}"),
            _ => year.to_owned(),
        };
        Some((name.to_owned(), text))
    }

    fn note_date(
        &self,
        date: &ReadDate,
        name: &str,
        text: &str,
        draft: &mut Draft,
        notes: &mut Vec<(NoteCode, Told)>,
    ) {
        let told = || Told::value(text).in_column(name);
        if let Some(code) = date.note {
            notes.push((code, told()));
            // What was written stays, since the date alone does not say it.
            draft.answers.insert(name.to_owned(), Answer::Text(text.to_owned()));
        }
        if date.zone_assumed {
            notes.push((NoteCode::ZoneAssumed, Told::value(self.zone.name())));
        }
        if date.at.is_ahead_of(self.now) {
            notes.push((NoteCode::DatesAhead, told()));
        } else if date.at.sort_at()
            < ObservedAt::parse(LONG_AGO).map_or(self.now, ObservedAt::sort_at)
        {
            notes.push((NoteCode::DatesLongAgo, told()));
        }
    }
}

/// The number of a specimen in its collection.
fn catalogued(meant: &Meant) -> Option<String> {
    let (_, institution) = meant.get(Column::Institution)?;
    let (_, number) = meant.get(Column::CatalogNumber)?;
    Some(format!("catalogue:{institution}:{number}"))
}

/// Whether nothing of a cell is lost by its meaning, so that it is no answer too.
fn is_consumed(column: Column) -> bool {
    !matches!(
        column,
        Column::Easting
            | Column::Northing
            | Column::UtmZone
            | Column::Year
            | Column::Month
            | Column::Day
            | Column::Institution
            | Column::CatalogNumber
    )
}

fn put_words(meant: &Meant, draft: &mut Draft, notes: &mut Vec<(NoteCode, Told)>) {
    draft.note = meant.text(Column::Note).to_owned();
    let Some((name, text)) = meant.get(Column::Category) else { return };
    let mut keep = || draft.answers.insert(name.to_owned(), Answer::Text(text.to_owned()));
    match category_of(text) {
        Category::Known(id) => {
            if id != text {
                keep();
            }
            draft.category = id.to_owned();
        }
        Category::Own(own) if own.is_empty() => {}
        Category::Own(own) => {
            notes.push((NoteCode::CategoriesUnknown, Told::value(&own).in_column(name)));
            draft.category = own;
        }
        Category::TooLong => {
            keep();
            notes.push((NoteCode::CategoriesLong, Told::value(text).in_column(name)));
        }
    }
}
