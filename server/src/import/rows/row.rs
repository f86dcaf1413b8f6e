//! One observation from outside, and by what it is known again.

use std::sync::Arc;

use chasqui_shared::Draft;

use super::content_hash::content_hash_without;

/// An observation as a file or a script gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which record it is.
    pub identity: Identity,
    /// What it says.
    pub draft: Draft,
    /// Answers that only number the row in its file; they may be others the next time.
    pub counters: Arc<[String]>,
}

/// By what a row is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// An id that is one of a kind in the world.
    Worldwide(String),
    /// An id that its source gives to one record alone; files never say such.
    OfSource(String),
    /// What it says.
    Content {
        /// Of what it says, without what only numbers it.
        hash: [u8; 32],
        /// How many rows before it say the same, and are told apart by a number of their file.
        nth: u32,
    },
}

impl Identity {
    /// By what it says alone; `None` if that cannot be written.
    pub fn of_content(draft: &Draft) -> Option<Self> {
        content_hash_without(draft, &[]).map(|hash| Self::Content { hash, nth: 0 })
    }
}
