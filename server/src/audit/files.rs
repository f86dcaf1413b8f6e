//! Hashes every file again, and compares which are here with those that records name.
//!
//! The sums: a file is read 64 KiB at a time, so that no film is held in memory; 100 GB from a fast
//! disk take some four minutes.

use std::{io::ErrorKind, time::SystemTime};

use chasqui_shared::{ContentHash, Notice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    limits,
    media::Blobs,
    store::{ReadLog, Store, StoreError, WriteLog},
    system::progress::{Progress, Watch, Work},
};

/// What was found of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FilesReport {
    /// Files that are here and whole.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were not what their names say. They were set aside, now or before, and did not
    /// come again.
    pub damaged: FileList,
    /// Files that could not be opened to be read; whether they are whole is not known.
    pub unread: FileList,
    /// Files that records name and that are not here.
    pub missing: FileList,
    /// Files that are here and that no record names.
    pub unknown: FileList,
}

/// Files of one sort, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileList {
    /// How many.
    pub count: u64,
    /// The first [`limits::DAMAGE_LISTED_MAX`] of them.
    pub hashes: Vec<ContentHash>,
}

impl FileList {
    fn push(&mut self, hash: ContentHash) {
        self.count += 1;
        if self.hashes.len() < limits::DAMAGE_LISTED_MAX {
            self.hashes.push(hash);
        }
    }

    /// For people: none, or how many and the first.
    fn says(&self) -> String {
        let more = if self.count > 1 { ", …" } else { "" };
        match self.hashes.first() {
            Some(first) => format!("{} ({first}{more})", self.count),
            None => self.count.to_string(),
        }
    }
}

impl FilesReport {
    /// Hashes every file again; one that is not what its name says is set aside.
    pub fn hash(blobs: &Blobs) -> Self {
        Self::hash_watched(blobs, &mut |_| {})
    }

    /// The same, for somebody who watches.
    pub fn hash_watched(blobs: &Blobs, watch: Watch<'_>) -> Self {
        let mut report = Self::default();
        let here: Vec<_> = blobs.here().collect();
        let mut progress = Progress { work: Work::Files, done: 0, total: here.len() as u64 };
        for hash in here {
            progress.done += 1;
            watch(progress);
            match blobs.hash_again(hash, SystemTime::now()) {
                Ok(Some(bytes)) => {
                    report.files += 1;
                    report.bytes += bytes;
                }
                // One that came again meanwhile is whole, and stays.
                Ok(None) if blobs.holds(hash) => {}
                Ok(None) => {
                    if let Err(error) = blobs.set_aside(hash) {
                        tracing::error!(%error, %hash, "a damaged file could not be set aside");
                    }
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    tracing::error!(%error, %hash, "a file could not be read");
                    report.unread.push(hash);
                }
            }
        }
        blobs.damaged().into_iter().for_each(|hash| report.damaged.push(hash));
        report
    }

    /// Compares what is here with what records name.
    pub fn compare(mut self, view: &ReadLog, blobs: &Blobs) -> Result<Self, StoreError> {
        let mut last = None;
        for naming in view.namings()? {
            let hash = naming?.hash;
            if last.replace(hash) != Some(hash) && !blobs.holds(hash) {
                self.missing.push(hash);
            }
        }
        for hash in blobs.here() {
            if !view.names_media(hash)? {
                self.unknown.push(hash);
            }
        }
        Ok(self)
    }

    /// Whether every file that is here is what its name says, and none that was damaged is waited
    /// for.
    pub fn is_whole(&self) -> bool {
        self.damaged.count + self.unread.count == 0
    }
}

/// Tells the manager of files that stand aside, as after `chasqui verify` while no server was
/// running.
pub async fn note_damaged(store: &Store, blobs: &Blobs) -> Result<(), StoreError> {
    let notices = notices(&blobs.damaged());
    if notices.is_empty() {
        return Ok(());
    }
    let note = move |log: &mut WriteLog<'_>| {
        notices.iter().for_each(|notice| log.note(notice.clone()));
        Ok(())
    };
    store.write(0, note).await
}

/// What is to be noticed of damaged files; at most [`limits::DAMAGE_NOTED_MAX`] at once.
pub fn notices(damaged: &[ContentHash]) -> Vec<Notice> {
    let noted = damaged.iter().take(limits::DAMAGE_NOTED_MAX);
    noted.map(|&hash| Notice::MediaDamaged { hash }).collect()
}

impl std::fmt::Display for FilesReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { files, bytes, damaged, unread, missing, unknown } = self;
        let [damaged, unread, missing, unknown] =
            [damaged, unread, missing, unknown].map(FileList::says);
        write!(
            f,
            "{files} files of {bytes} bytes are whole; damaged: {damaged}; unread: {unread}; "
        )?;
        write!(f, "named and not here: {missing}; here and not named: {unknown}")
    }
}

#[cfg(test)]
mod tests;
