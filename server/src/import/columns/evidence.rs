//! What the rows of a file show together, before any of them is taken: what a column holds is told
//! by its name and by its values.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    identity::worldwide,
    names::{Candidate, Column, candidates, ending, says_order},
    raw::{RawRow, is_blank, text_of},
};
use crate::{
    import::{
        dates::{
            date::{order_of, read_date},
            order::DateOrder,
        },
        messages::code::NoteCode,
        places::{
            degrees::{Axis, location, read_angle},
            pair::read_pair,
            region::Region,
        },
    },
    limits,
    system::zone::Zone,
};

/// Cells of a column of which each is read, to see what they are.
const CELLS_JUDGED: u64 = 1_000;

/// What the rows of a file show.
#[derive(Debug, Default)]
pub(in crate::import) struct Evidence {
    /// By name, in the order in which they were met.
    pub columns: Vec<Seen>,
    by_name: HashMap<Rc<str>, usize>,
    pub rows: u64,
    /// Where they lie.
    pub region: Region,
    /// The columns of latitude and longitude, where their names say so, and of their sides.
    place: Option<[Option<Rc<str>>; 4]>,
}

/// What the cells of one column show.
#[derive(Debug)]
pub(in crate::import) struct Seen {
    pub name: Rc<str>,
    pub candidates: Vec<Candidate>,
    /// Cells that are not empty.
    pub filled: u64,
    /// Of the first of these, dates; where the name is none of a date, of those that can be nothing
    /// else.
    pub dates: u64,
    /// Of the first of these, both coordinates.
    pub pairs: u64,
    /// Of these, ids that are one of a kind, and how many different ones.
    pub ids: u64,
    distinct: HashSet<[u8; 8]>,
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    /// A column that may have no cells.
    pub fn name(&mut self, name: &Rc<str>) -> Option<&mut Seen> {
        let at = match self.by_name.get(name) {
            Some(at) => *at,
            None if self.columns.len() >= limits::IMPORT_COLUMNS_MAX => return None,
            None => {
                self.by_name.insert(name.clone(), self.columns.len());
                self.columns.push(Seen::new(name.clone()));
                self.columns.len() - 1
            }
        };
        self.columns.get_mut(at)
    }

    /// The columns of a table, before its rows.
    pub fn of_table(names: &[Rc<str>]) -> Self {
        let mut evidence = Self::default();
        for name in names {
            evidence.name(name);
        }
        let side = |column| best(&evidence, column).map(|seen| seen.name.clone());
        evidence.place = degrees_columns(&evidence).map(|(lat, lon)| {
            let (ns, ew) = (side(Column::NorthSouth), side(Column::EastWest));
            [Some(lat.clone()), Some(lon.clone()), ns, ew]
        });
        evidence
    }

    /// One more row.
    pub fn see(&mut self, row: &RawRow) {
        self.rows += 1;
        let placed = row.place.or_else(|| {
            let text = |name: &Option<Rc<str>>| {
                let cell = row.cells.iter().find(|(other, _)| Some(other) == name.as_ref());
                cell.map_or_else(String::new, |(_, value)| text_of(value))
            };
            let [lat, lon, ns, ew] = self.place.as_ref()?.each_ref().map(text);
            let lat = read_angle(&lat, &ns, Axis::Latitude)?;
            location(lat, read_angle(&lon, &ew, Axis::Longitude)?).ok()
        });
        if let Some(place) = placed {
            self.region.see(&place);
        }
        for (name, value) in &row.cells {
            let may_be_place = self.place.is_none() && !row.may_lack_place;
            let Some(seen) = self.name(name) else { continue };
            let text = text_of(value);
            if !is_blank(&text) {
                seen.see(&text, may_be_place);
            }
        }
    }

    /// What a row is called by the column with the best name for an id.
    pub fn own_id(&self, row: &RawRow) -> Option<String> {
        let rank = |name: &str| self.get(name)?.may_be(Column::Id);
        let named = row.cells.iter().filter_map(|(name, value)| Some((rank(name)?, value)));
        named.min_by_key(|(rank, _)| *rank).map(|(_, value)| text_of(value))
    }

    pub fn get(&self, name: &str) -> Option<&Seen> {
        self.by_name.get(name).and_then(|at| self.columns.get(*at))
    }
}

/// The column with the best name for a kind.
fn best(evidence: &Evidence, column: Column) -> Option<&Seen> {
    let named = evidence.columns.iter().filter_map(|seen| Some((seen.may_be(column)?, seen)));
    named.min_by_key(|(rank, _)| *rank).map(|(_, seen)| seen)
}

/// The columns of latitude and longitude: by their whole names, or by the ends of their names under
/// one question.
pub(in crate::import) fn degrees_columns(evidence: &Evidence) -> Option<(&Rc<str>, &Rc<str>)> {
    if let (Some(lat), Some(lon)) =
        (best(evidence, Column::Latitude), best(evidence, Column::Longitude))
    {
        return Some((&lat.name, &lon.name));
    }
    let of_question = |question: &str, column| {
        let names = evidence.columns.iter().map(|seen| &seen.name);
        names.into_iter().find(|name| ending(name) == Some((question, column)))
    };
    evidence.columns.iter().find_map(|seen| match ending(&seen.name)? {
        (question, Column::Latitude) => {
            Some((&seen.name, of_question(question, Column::Longitude)?))
        }
        _ => None,
    })
}

impl Seen {
    fn new(name: Rc<str>) -> Self {
        let candidates = candidates(&name);
        Self {
            candidates,
            name,
            filled: 0,
            dates: 0,
            pairs: 0,
            ids: 0,
            distinct: HashSet::new(),
            day_first: false,
            month_first: false,
        }
    }

    pub fn may_be(&self, column: Column) -> Option<usize> {
        self.candidates.iter().find(|found| found.column == column).map(|found| found.rank)
    }

    fn see(&mut self, text: &str, may_be_place: bool) {
        self.filled += 1;
        let is_judged = self.filled <= CELLS_JUDGED;
        if self.may_be(Column::Date).is_some() {
            match order_of(text) {
                Some(DateOrder::DayFirst) => self.day_first = true,
                Some(DateOrder::MonthFirst) => self.month_first = true,
                _ => {}
            }
            let is_date = |order| read_date(text, order, &Zone::utc()).is_ok();
            if is_judged && (is_date(DateOrder::DayFirst) || is_date(DateOrder::MonthFirst)) {
                self.dates += 1;
            }
        } else if is_judged && looks_dated(text) {
            match order_of(text) {
                Some(DateOrder::DayFirst) => self.day_first = true,
                Some(DateOrder::MonthFirst) => self.month_first = true,
                _ => {}
            }
            self.dates += 1;
        }
        if self.may_be(Column::Id).is_some()
            && let Some(id) = worldwide(&self.name, text)
        {
            self.ids += 1;
            let mut short = [0; 8];
            short.copy_from_slice(&blake3::hash(id.as_bytes()).as_bytes()[..8]);
            self.distinct.insert(short);
        }
        // A long text is no place.
        if is_judged
            && may_be_place
            && text.len() <= 100
            && text.bytes().any(|byte| byte.is_ascii_digit())
        {
            self.pairs += u64::from(read_pair(text).is_ok());
        }
    }

    /// Whether its ids tell rows apart.
    pub fn tells_apart(&self) -> bool {
        self.ids > 0 && (self.ids == 1 || self.distinct.len() as u64 * 2 > self.ids)
    }

    /// Whether at least half of its cells are dates.
    pub fn has_dates(&self) -> bool {
        self.dates > 0 && self.dates * 2 >= self.filled.min(CELLS_JUDGED)
    }

    /// Whether nearly all of its cells are dates.
    pub fn has_dates_alone(&self) -> bool {
        self.dates > 0 && self.dates * 10 >= self.filled.min(CELLS_JUDGED) * 9
    }

    /// Whether nearly all of its cells are both coordinates.
    pub fn has_pairs(&self) -> bool {
        self.pairs > 0 && self.pairs * 10 >= self.filled.min(CELLS_JUDGED) * 8
    }

    /// In which order its dates are written.
    pub fn order(&self) -> DateOrder {
        match (self.day_first, self.month_first, says_order(&self.name)) {
            (true, true, _) => DateOrder::Mixed,
            (true, false, _) => DateOrder::DayFirst,
            (false, true, _) => DateOrder::MonthFirst,
            (false, false, said) => said.unwrap_or_default(),
        }
    }
}

/// Whether a text is a day of a year, whatever its column is called.
fn looks_dated(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_long = (8..=40).contains(&text.len()) && digits >= 5;
    let has_signs = text.contains(['-', '/', ':', ' ']);
    let is_whole = |order| {
        read_date(text, order, &Zone::utc()).is_ok_and(|read| {
            !matches!(read.note, Some(NoteCode::DatesCoarse | NoteCode::YearsShort))
        })
    };
    is_long && has_signs && (is_whole(DateOrder::DayFirst) || is_whole(DateOrder::MonthFirst))
}
