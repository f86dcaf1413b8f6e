//! How far something long is, for whoever watches.

/// What is worked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Rows of a file that is imported.
    Rows,
    /// Entries that are computed again.
    Entries,
    /// Files that are hashed again.
    Files,
}

/// So much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Of what.
    pub work: Work,
    /// How many are done.
    pub done: u64,
    /// How many there are.
    pub total: u64,
}

/// Called after each of them. It is called often, and must not take long.
pub type Watch<'a> = &'a mut dyn FnMut(Progress);
