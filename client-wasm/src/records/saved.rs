//! Which drafts became records, by their key.
//!
//! A page keeps its drafts in a database of its own. A page that is killed between the record's
//! transaction and letting go of its draft finds the draft again; this row, written in the record's
//! own transaction, says that it was saved.

use std::collections::BTreeMap;

use crate::{
    limits::SAVED_DRAFTS_MAX,
    storage::{
        disk::{DiskError, Key, Store, Value},
        row,
    },
};

const SAVED: &str = "saved.";

/// The keys of the drafts saved last.
#[derive(Default)]
pub struct SavedDrafts {
    /// Each with its place in the order of saving.
    by_key: BTreeMap<String, u64>,
    puts: Vec<Value>,
    deletes: Vec<Key>,
}

impl SavedDrafts {
    /// Reads a row of the disk. Says whether it is one of these.
    pub fn read(&mut self, name: &str, bytes: &[u8]) -> Result<bool, DiskError> {
        let Some(key) = name.strip_prefix(SAVED) else { return Ok(false) };
        self.by_key.insert(key.to_owned(), row::decode(bytes)?);
        Ok(true)
    }

    /// Whether the draft with this key was saved.
    pub fn contains(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// A draft is saved with the next transaction. The one saved longest ago is forgotten if there
    /// are too many.
    pub fn add(&mut self, key: &str) {
        let place = self.by_key.values().max().map_or(0, |last| last + 1);
        self.puts.push((Store::Meta, row_key(key), row::encode(&place)));
        self.by_key.insert(key.to_owned(), place);
        while self.by_key.len() > SAVED_DRAFTS_MAX {
            let oldest = self.by_key.iter().min_by_key(|(_, place)| **place);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else { return };
            self.by_key.remove(&oldest);
            self.deletes.push(row_key(&oldest));
        }
    }

    /// What must be saved so that the disk says the same.
    pub fn take_changes(&mut self) -> (Vec<Value>, Vec<Key>) {
        (std::mem::take(&mut self.puts), std::mem::take(&mut self.deletes))
    }
}

fn row_key(key: &str) -> Key {
    Key::name(format!("{SAVED}{key}"))
}
