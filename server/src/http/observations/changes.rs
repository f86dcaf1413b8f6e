//! What changed among the observations that a question finds, for whoever read all of them before.

use std::collections::BTreeSet;

use chasqui_shared::{RecordId, View};
use utoipa::ToSchema;

use super::{laptop_view::LaptopView, since::Changed, sought::Sought};
use crate::{
    http::streamed::Chunks,
    limits,
    store::{Finder, ReadLog, StoreError},
};

/// As [`write_changes`] writes it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the description of what is written a view at a time")]
pub(in crate::http) struct Changes {
    /// What is found now, and may have changed.
    items: Vec<LaptopView>,
    /// What may have changed, and is not found now.
    removed: Vec<RecordId>,
    /// To ask what changes from now on; null where what changed is not known any more, and all is
    /// to be read again.
    #[schema(required)]
    changes: Option<String>,
    /// Whether more changed already.
    more: bool,
}

/// The records of one answer: each is written once, however often it changed.
struct Written<'a> {
    view: &'a ReadLog,
    sought: &'a Sought,
    finder: Finder<'a>,
    seen: BTreeSet<RecordId>,
    removed: Vec<RecordId>,
    bytes: usize,
    items: usize,
}

impl Written<'_> {
    fn is_full(&self) -> bool {
        self.bytes > limits::PAGE_BYTES_MAX
            || self.seen.len() >= limits::CHANGES_MAX
            || self.view.entries_read() >= limits::PAGE_ENTRIES_MAX
    }

    fn write(&mut self, record: RecordId, chunks: &mut Chunks) -> Result<(), StoreError> {
        if !self.seen.insert(record) {
            return Ok(());
        }
        let found = self.finder.find(record)?;
        let shown = if found.is_some() { View::load(self.view, record)? } else { None };
        let (Some(received_at), Some(shown)) = (found, shown) else {
            self.removed.push(record);
            return Ok(());
        };
        self.bytes += shown.text_bytes();
        self.items += 1;
        if self.items > 1 {
            chunks.text(",")?;
        }
        chunks.json(&LaptopView::of(shown, received_at, self.sought.media.blobs()))
    }
}

/// [`Changes`], a view at a time. It ends after the change that took the last of what an answer may
/// take.
pub(in crate::http) fn write_changes(
    view: &ReadLog,
    sought: &Sought,
    changed: Option<Changed>,
    chunks: &mut Chunks,
) -> Result<(), StoreError> {
    let Some(Changed { since, records, files }) = changed else {
        return chunks.text(r#"{"items":[],"removed":[],"changes":null,"more":false}"#);
    };
    let is_wanted = sought.is_wanted();
    let finder = Finder::new(view, &sought.query, is_wanted.as_deref());
    let (seen, removed) = (BTreeSet::new(), Vec::new());
    let mut written = Written { view, sought, finder, seen, removed, bytes: 0, items: 0 };
    let (mut records_done, mut files_done) = (0, 0);
    chunks.text(r#"{"items":["#)?;
    for &record in &records {
        if written.is_full() {
            break;
        }
        written.write(record, chunks)?;
        records_done += 1;
    }
    for &file in &files {
        if written.is_full() {
            break;
        }
        for record in view.records_naming(file, limits::CHANGED_NAMINGS_MAX)? {
            written.write(record, chunks)?;
        }
        files_done += 1;
    }
    let more = written.is_full() || records.len() + files.len() >= limits::CHANGES_MAX;
    let now = since.plus(records_done, files_done);
    chunks.text(r#"],"removed":"#)?;
    chunks.json(&written.removed)?;
    chunks.text(r#","changes":"#)?;
    chunks.json(&now.to_string())?;
    chunks.text(r#","more":"#)?;
    chunks.json(&more)?;
    chunks.text("}")
}
