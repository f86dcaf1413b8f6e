//! One upload: what was announced, and how much of it is durable.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chasqui_shared::ContentHash;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::turns::Turns;
use crate::{
    limits,
    media::{directory::sync_directory, error::MediaError, owner::Owner},
    system::private_file,
};

/// What the sender says of a file before it comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// In bytes.
    pub length: u64,
    /// The hash that the whole file is to have, if the sender names it.
    pub hash: Option<ContentHash>,
    /// What people call it.
    pub name: Option<String>,
    /// Its media type as the sender sees it.
    pub media_type: Option<String>,
    /// All that was said of it, as it was sent: tus has it told again to who asks. Empty if nothing
    /// was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
}

/// An upload as it is written beside its bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::media) struct Note {
    pub owner: Owner,
    pub announced: Announced,
    /// Bytes that are durable.
    pub offset: u64,
    /// In seconds since 1970.
    pub begun_at: u64,
    /// When bytes last became durable, in seconds since 1970.
    pub active_at: u64,
}

/// An upload that goes on.
#[derive(Debug)]
pub struct Upload {
    id: String,
    pub(in crate::media) directory: PathBuf,
    note: Note,
    offset: AtomicU64,
    active_at: AtomicU64,
    /// Set once the upload is whole or thrown away: nobody may write to it any more.
    pub(in crate::media) is_over: AtomicBool,
    pub(in crate::media) turns: Turns,
}

/// The one upload that an owner can have of a file.
pub(in crate::media) fn id_of(owner: Owner, hash: ContentHash) -> String {
    let owner = owner.map_or([0; 32], |device| device.0);
    let id = blake3::Hasher::new().update(&owner).update(&hash.0).finalize();
    HEXLOWER.encode(&id.as_bytes()[..16])
}

pub(in crate::media) fn seconds(at: SystemTime) -> u64 {
    at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl Upload {
    pub(in crate::media) fn new(id: String, directory: PathBuf, note: Note) -> Self {
        let (offset, active_at) = (note.offset.into(), note.active_at.into());
        let (is_over, turns) = (AtomicBool::new(false), Turns::new());
        Self { id, directory, note, offset, active_at, is_over, turns }
    }

    /// Names it in paths.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Bytes of the whole file.
    pub fn length(&self) -> u64 {
        self.note.announced.length
    }

    /// Bytes that are durable.
    pub fn offset(&self) -> u64 {
        self.offset.load(Ordering::Acquire)
    }

    /// Waits until all that came is durable, or until more comes to who writes now. A request to
    /// which nothing comes any more is ended, and keeps what came.
    pub async fn settle(&self) {
        self.turns.settle().await;
    }

    /// What was announced.
    pub fn announced(&self) -> &Announced {
        &self.note.announced
    }

    /// When it is given up, unless somebody goes on with it.
    pub fn expires(&self) -> SystemTime {
        let active_at = Duration::from_secs(self.active_at.load(Ordering::Acquire));
        UNIX_EPOCH + active_at + limits::UPLOAD_KEPT_TIME
    }

    /// Bytes of the disk that are kept for it: what is to come, as long as bytes of it came lately,
    /// or it was begun lately.
    pub(in crate::media) fn promised(&self, now: SystemTime) -> u64 {
        let active_at = UNIX_EPOCH + Duration::from_secs(self.active_at.load(Ordering::Acquire));
        let is_kept = now < active_at + limits::PROMISE_TIME;
        if is_kept { self.length().saturating_sub(self.offset()) } else { 0 }
    }

    pub(in crate::media) fn owner(&self) -> Owner {
        self.note.owner
    }

    /// This upload, for one who announces the same file with this length.
    pub(in crate::media) fn of_length(
        self: Arc<Self>,
        length: u64,
    ) -> Result<Arc<Self>, MediaError> {
        if self.length() == length { Ok(self) } else { Err(MediaError::LengthDiffers) }
    }

    pub(in crate::media) fn part(&self) -> PathBuf {
        part(&self.directory, &self.id)
    }

    /// Writes down, durably, that so many bytes are durable.
    pub(in crate::media) fn keep(&self, offset: u64, now: SystemTime) -> std::io::Result<()> {
        let active_at = seconds(now);
        let note = Note { offset, active_at, ..self.note.clone() };
        private_file::write(&json(&self.directory, &self.id), &serde_json::to_vec(&note)?)?;
        sync_directory(&self.directory)?;
        self.offset.store(offset, Ordering::Release);
        self.active_at.store(active_at, Ordering::Release);
        Ok(())
    }
}

pub(in crate::media) fn part(directory: &Path, id: &str) -> PathBuf {
    directory.join(format!("{id}.part"))
}

pub(in crate::media) fn json(directory: &Path, id: &str) -> PathBuf {
    directory.join(format!("{id}.json"))
}
