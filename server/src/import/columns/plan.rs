//! What each column of a file becomes, decided once for all of its rows.

use std::{collections::HashMap, rc::Rc};

use super::{
    evidence::{Evidence, Seen, degrees_columns},
    names::{Column, ending},
};
use crate::import::dates::order::DateOrder;

/// What each column becomes; one that is not named here becomes an answer.
#[derive(Debug, Default)]
pub(in crate::import) struct Plan {
    pub columns: HashMap<Rc<str>, Column>,
    /// How dates are written.
    pub order: DateOrder,
    /// The column of dates, where its name alone does not say so.
    pub date: Option<Rc<str>>,
    /// The column of ids that are one of a kind.
    pub id: Option<Rc<str>>,
    /// Columns of counters, which tell apart the rows of a file and nothing more.
    pub counters: Vec<Rc<str>>,
}

impl Plan {
    pub fn of(evidence: &Evidence) -> Self {
        let mut plan = Self::default();
        plan.set_place(evidence);
        for column in [Column::Altitude, Column::Accuracy, Column::Category, Column::Note] {
            plan.set_best(evidence, column, |_| true);
        }
        plan.set_time(evidence);
        plan.set_ids(evidence);
        plan
    }

    /// Whether any column holds a place.
    pub fn has_place(&self) -> bool {
        let has = |column| self.columns.values().any(|held| *held == column);
        has(Column::Latitude) || has(Column::Place) || has(Column::Easting)
    }

    fn set_place(&mut self, evidence: &Evidence) {
        if let Some((lat, lon)) = degrees_columns(evidence) {
            self.columns.insert(lat.clone(), Column::Latitude);
            self.columns.insert(lon.clone(), Column::Longitude);
            // The altitude and the accuracy of the same question.
            if let Some((question, _)) = ending(lat) {
                for seen in &evidence.columns {
                    if let Some((of, column @ (Column::Altitude | Column::Accuracy))) =
                        ending(&seen.name)
                        && of == question
                    {
                        self.columns.insert(seen.name.clone(), column);
                    }
                }
            }
            self.set_best(evidence, Column::NorthSouth, |_| true);
            self.set_best(evidence, Column::EastWest, |_| true);
            self.set_best(evidence, Column::UtmZone, |_| true);
        } else if self.set_best(evidence, Column::Easting, |_| true) {
            self.set_best(evidence, Column::Northing, |_| true);
            self.set_best(evidence, Column::UtmZone, |_| true);
        } else if !self.set_best(evidence, Column::Place, Seen::has_pairs) {
            // A question of any name that is answered with places.
            if let Some(seen) = evidence.columns.iter().find(|seen| seen.has_pairs()) {
                self.columns.insert(seen.name.clone(), Column::Place);
            } else {
                self.set_best(evidence, Column::Place, |seen| seen.filled == 0);
            }
        }
    }

    fn set_time(&mut self, evidence: &Evidence) {
        // A column by the best name that holds dates; where none does, the best name alone, for its
        // refusals.
        let has_date = self.set_best(evidence, Column::Date, Seen::has_dates);
        if !has_date {
            let has_parts = self.set_best(evidence, Column::Year, |_| true);
            if has_parts {
                self.set_best(evidence, Column::Month, |_| true);
                self.set_best(evidence, Column::Day, |_| true);
            } else {
                self.set_best(evidence, Column::Date, |seen| says_date(seen) && seen.filled > 0);
                self.set_dated(evidence);
            }
        }
        let date = self.columns.iter().find(|(_, column)| **column == Column::Date);
        if let Some(seen) = date.and_then(|(name, _)| evidence.get(name)) {
            self.order = seen.order();
            let is_said = seen.may_be(Column::Date).is_some_and(|_| says_seen(seen));
            self.date = (!is_said).then(|| seen.name.clone());
        }
        self.set_best(evidence, Column::Time, |seen| !seen.has_dates());
    }

    /// Of columns by other names, the first of which all cells are dates.
    fn set_dated(&mut self, evidence: &Evidence) {
        if self.columns.values().any(|column| *column == Column::Date) {
            return;
        }
        let free = |seen: &&Seen| !self.columns.contains_key(&seen.name) && seen.has_dates_alone();
        if let Some(seen) = evidence.columns.iter().find(free) {
            self.columns.insert(seen.name.clone(), Column::Date);
        }
    }

    fn set_ids(&mut self, evidence: &Evidence) {
        self.id =
            best(evidence, Column::Id, |seen| seen.tells_apart()).map(|seen| seen.name.clone());
        let free = |seen: &&Seen| !self.columns.contains_key(&seen.name);
        let named = evidence.columns.iter().filter(free);
        let counters = named.filter(|seen| {
            // The number of a row that a program writes before its first column.
            (seen.may_be(Column::Id).is_some() || &*seen.name == "column 1")
                && Some(&seen.name) != self.id.as_ref()
        });
        self.counters = counters.map(|seen| seen.name.clone()).collect();
        self.set_best(evidence, Column::Institution, |_| true);
        self.set_best(evidence, Column::CatalogNumber, |_| true);
    }

    /// Gives the best column of a kind its meaning, if it has none yet.
    fn set_best(
        &mut self,
        evidence: &Evidence,
        column: Column,
        suits: impl Fn(&Seen) -> bool,
    ) -> bool {
        if self.columns.values().any(|held| *held == column) {
            return true;
        }
        let free = |seen: &Seen| !self.columns.contains_key(&seen.name) && suits(seen);
        let Some(seen) = best(evidence, column, free) else { return false };
        self.columns.insert(seen.name.clone(), column);
        true
    }
}

/// Whether its name can mean nothing but a date.
fn says_date(seen: &Seen) -> bool {
    const OTHERWISE: [&str; 7] = ["data", "time", "start", "inicio", "dia", "day", "created"];
    !OTHERWISE.contains(&super::names::plain(&seen.name).as_str())
}

/// Whether its name says when something was seen, and not when it was written down or sent.
fn says_seen(seen: &Seen) -> bool {
    const WRITTEN: &str = "timestamp start inicio today createdat created creationdate recordedat \
        submissiontime submissiondate";
    let name = super::names::plain(&seen.name);
    !WRITTEN.split_whitespace().any(|written| written == name)
}

fn best(evidence: &Evidence, column: Column, suits: impl Fn(&Seen) -> bool) -> Option<&Seen> {
    let named = evidence.columns.iter().filter_map(|seen| Some((seen.may_be(column)?, seen)));
    named.filter(|(_, seen)| suits(seen)).min_by_key(|(rank, _)| *rank).map(|(_, seen)| seen)
}
