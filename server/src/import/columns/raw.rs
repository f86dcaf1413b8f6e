//! A row as its file has it, before anybody decided what its columns mean.

use std::rc::Rc;

use chasqui_shared::{Answer, Location};

use crate::import::messages::{code::NoteCode, told::Told};

/// A row of any kind of file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::import) struct RawRow {
    /// The id of a feature.
    pub id: Option<String>,
    /// The place of a feature.
    pub place: Option<Location>,
    /// Whether it says of itself that it has no place.
    pub may_lack_place: bool,
    /// What is not empty, with the names of its columns.
    pub cells: Vec<(Rc<str>, Answer)>,
    /// What a person should know of it.
    pub notes: Vec<(NoteCode, Told)>,
}

/// Whether a cell says that there is nothing, in one of the ways of people and programs.
pub(in crate::import) fn is_blank(text: &str) -> bool {
    let text = text.trim();
    let dashes = text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '?'));
    dashes
        || ["na", "n/a", "#n/a", "null", "none", "nan", "nil", "\\n", "<na>", "s/d", "s/f", "nat"]
            .iter()
            .any(|blank| text.eq_ignore_ascii_case(blank))
}

/// The text of an answer.
pub(in crate::import) fn text_of(value: &Answer) -> String {
    match value {
        Answer::Boolean(is) => is.to_string(),
        Answer::Integer(number) => number.to_string(),
        Answer::Text(text) => text.trim().to_owned(),
        Answer::Choices(choices) => choices.join(", "),
    }
}
