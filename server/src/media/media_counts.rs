//! How many of the files that records name are here: counted from the files on the disk, and never
//! kept as a sum that could be wrong.
//!
//! The sums: 100,000 rows of the index and as many look-ups in memory take some 50 ms, once after
//! each commit or file.

use std::sync::{Mutex, PoisonError};

use chasqui_shared::limits as shared_limits;

use crate::{
    media::blobs::Blobs,
    store::{ReadLog, StoreError},
};

/// Files that records name, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MediaCounts {
    /// All of them.
    pub named: u64,
    /// Those that are here.
    pub here: u64,
    /// Bytes of those that are not, as their records say.
    pub missing_bytes: u64,
    /// Bytes of those that are.
    pub here_bytes: u64,
}

impl MediaCounts {
    fn count(view: &ReadLog, blobs: &Blobs) -> Result<Self, StoreError> {
        let (mut media_counts, mut last) = (Self::default(), None);
        for naming in view.namings()? {
            let naming = naming?;
            if !view.aside().is_empty() && view.is_set_aside(naming.record)? {
                continue;
            }
            if last.replace(naming.hash) == Some(naming.hash) {
                continue;
            }
            media_counts.named += 1;
            match blobs.bytes_of(naming.hash) {
                Some(bytes) => {
                    media_counts.here += 1;
                    media_counts.here_bytes += bytes;
                }
                None => {
                    // No file is larger; who says so says nothing.
                    let said = naming.media.map_or(0, |media| media.bytes);
                    let said = if said > shared_limits::MEDIA_BYTES_MAX { 0 } else { said };
                    media_counts.missing_bytes = media_counts.missing_bytes.saturating_add(said);
                }
            }
        }
        Ok(media_counts)
    }
}

/// The last media_counts, with the commit and the change of files that it is of.
#[derive(Debug, Default)]
pub struct MediaCounter(Mutex<Option<(u64, u64, MediaCounts)>>);

impl MediaCounter {
    /// The media_counts of this moment. Whoever comes second waits for the first, so that it is
    /// counted once.
    pub fn of(&self, view: &ReadLog, blobs: &Blobs) -> Result<MediaCounts, StoreError> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (serial, changes) = (view.serial(), blobs.changes());
        if let Some((_, _, media_counts)) =
            last.filter(|(of, after, _)| (*of, *after) == (serial, changes))
        {
            return Ok(media_counts);
        }
        let media_counts = MediaCounts::count(view, blobs)?;
        *last = Some((serial, changes, media_counts));
        Ok(media_counts)
    }
}
