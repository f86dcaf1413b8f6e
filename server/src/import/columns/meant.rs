//! The cells of a row that have a meaning.

use std::rc::Rc;

use super::names::Column;

/// The cells that have a meaning.
#[derive(Debug, Default)]
pub(in crate::import) struct Meant {
    cells: Vec<(Column, Rc<str>, String)>,
}

impl Meant {
    pub fn put(&mut self, column: Column, name: Rc<str>, text: String) {
        self.cells.push((column, name, text));
    }

    pub fn get(&self, column: Column) -> Option<(&str, &str)> {
        let found = self.cells.iter().find(|(other, ..)| *other == column);
        found.map(|(_, name, text)| (&**name, text.as_str()))
    }

    pub fn text(&self, column: Column) -> &str {
        self.get(column).map_or("", |(_, text)| text)
    }
}
