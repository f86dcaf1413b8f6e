//! Fields that heads changed differently, as far as they are listed.

use super::fields::{FieldChoice, FieldConflict};
use crate::limits;

/// Lists what fits, and counts the rest.
pub(super) struct Choices {
    listed: Vec<FieldConflict>,
    more: u64,
    bytes_left: usize,
}

impl Default for Choices {
    fn default() -> Self {
        Self { listed: Vec::new(), more: 0, bytes_left: limits::CONFLICT_BYTES_MAX }
    }
}

impl Choices {
    /// Notes the values of a field, the shown one first. One value is no conflict.
    pub fn note(&mut self, field: &str, values: Vec<FieldChoice>) {
        if values.len() < 2 {
            return;
        }
        let (all, mut left) = (values.len(), self.bytes_left);
        let fits = |choice: &FieldChoice| match left.checked_sub(choice.value.text_bytes()) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let listed: Vec<_> = values.into_iter().take_while(fits).collect();
        // Less than two values tell nobody what the choice is.
        if listed.len() < 2 || self.listed.len() >= limits::CONFLICTS_SHOWN_MAX {
            self.more += 1;
            return;
        }
        self.bytes_left = left;
        let more = (all - listed.len()) as u64;
        self.listed.push(FieldConflict { field: field.into(), values: listed, more });
    }

    /// The fields that are listed, and how many are not.
    pub fn listed(self) -> (Vec<FieldConflict>, u64) {
        (self.listed, self.more)
    }
}
