//! Until when a page knows what changed, and what changed since.

use std::fmt;

use chasqui_shared::{ContentHash, RecordId};

use crate::{http::app::App, limits, store::Mark};

/// Until when changes of records and of files are known to whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Since {
    records: Mark,
    files: Mark,
}

/// What changed after a [`Since`], oldest first: records, and then files if these are all records.
pub(in crate::http) struct Changed {
    pub since: Since,
    pub records: Vec<RecordId>,
    pub files: Vec<ContentHash>,
}

impl Since {
    /// This moment.
    pub fn now(app: &App) -> Self {
        Self { records: app.store.recent().now(), files: app.media.blobs().recent().now() }
    }

    /// After so many more changes of each.
    pub fn plus(self, records: usize, files: usize) -> Self {
        Self { records: self.records.plus(records), files: self.files.plus(files) }
    }

    /// Reads what [`fmt::Display`] wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (records, files) = text.split_once('.')?;
        Some(Self { records: Mark::parse(records)?, files: Mark::parse(files)? })
    }

    /// What changed since, to be read from a state that is opened later; `None` where that is not
    /// known any more.
    pub fn changed(self, app: &App) -> Option<Changed> {
        let limit = limits::CHANGES_MAX;
        let records = app.store.recent().since(self.records, limit)?;
        let files = app.media.blobs().recent().since(self.files, limit - records.len())?;
        Some(Changed { since: self, records, files })
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.records, self.files)
    }
}
