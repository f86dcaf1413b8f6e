//! The uploads that go on: `uploads/<id>.part` has the bytes, `<id>.json` what was announced and
//! how much is durable. Of those that became files nothing is left on the disk.

pub mod checksum;
pub mod finished;
pub mod turns;
pub mod upload;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
    time::SystemTime,
};

use chasqui_shared::{ContentHash, DeviceId};
use data_encoding::HEXLOWER;

use self::{
    finished::{Finished, FinishedUploads},
    upload::{Announced, Note, Upload, id_of, json, part, seconds},
};
use super::{
    directory::{is_missing, make_directory, open_file},
    error::MediaError,
    owner::Owner,
};
use crate::{limits, store::random};

/// Bytes of the disk that are kept for uploads that go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promised {
    /// Of the one who asks.
    pub own: u64,
    /// Of all others.
    pub others: u64,
}

/// All of them, by id.
#[derive(Debug)]
pub struct Uploads {
    directory: PathBuf,
    by_id: Mutex<BTreeMap<String, Arc<Upload>>>,
    finished: Mutex<FinishedUploads>,
}

impl Uploads {
    /// Reads which uploads there are; files of uploads that were never begun or are over are
    /// removed.
    pub fn open(directory: PathBuf) -> io::Result<Self> {
        let mut by_id = BTreeMap::new();
        let files = fs::read_dir(&directory);
        if !is_missing(&files) {
            for file in files? {
                let path = file?.path();
                let id = path.file_stem().and_then(|id| id.to_str()).unwrap_or_default().to_owned();
                let note = fs::read(json(&directory, &id));
                let note = note.ok().and_then(|note| serde_json::from_slice::<Note>(&note).ok());
                let part = fs::metadata(part(&directory, &id));
                match (note, part) {
                    (Some(note), Ok(part)) if part.len() >= note.offset => {
                        let upload = Upload::new(id.clone(), directory.clone(), note);
                        by_id.insert(id, Arc::new(upload));
                    }
                    _ => fs::remove_file(path)?,
                }
            }
        }
        Ok(Self { directory, by_id: Mutex::new(by_id), finished: Mutex::default() })
    }

    /// An upload of this owner that has not expired.
    pub fn find(&self, owner: Owner, id: &str, now: SystemTime) -> Result<Arc<Upload>, MediaError> {
        let found = self.all().get(id).cloned();
        let upload = found.filter(|upload| upload.owner() == owner).ok_or(MediaError::Unknown)?;
        match upload.expires() > now {
            true => Ok(upload),
            false => Err(MediaError::Expired),
        }
    }

    /// What an upload of this owner became, if that was not too long ago.
    pub fn finished(&self, owner: Owner, id: &str, now: SystemTime) -> Option<Finished> {
        self.all_finished().find(owner, id, now)
    }

    /// Begins an upload of which there was none, or goes on with one that was begun at the same
    /// moment.
    pub fn begin(
        &self,
        owner: Owner,
        announced: Announced,
        now: SystemTime,
    ) -> Result<Arc<Upload>, MediaError> {
        let id = match announced.hash {
            Some(hash) => id_of(owner, hash),
            None => HEXLOWER.encode(&random::<16>().map_err(io::Error::other)?),
        };
        make_directory(&self.directory)?;
        let mut all = self.all();
        if let Some(upload) = all.get(&id) {
            return upload.clone().of_length(announced.length);
        }
        let of_owner = all.values().filter(|upload| upload.owner() == owner).count();
        if of_owner >= of_one_max(all.len()) {
            return Err(MediaError::TooMany);
        }
        let (begun_at, active_at) = (seconds(now), seconds(now));
        let note = Note { owner, announced, offset: 0, begun_at, active_at };
        let upload = Arc::new(Upload::new(id.clone(), self.directory.clone(), note));
        open_file(&upload.part())?;
        upload.keep(0, now)?;
        self.all_finished().forget(&id);
        all.insert(id, upload.clone());
        Ok(upload)
    }

    /// Whether an upload of this file goes on.
    pub fn names(&self, hash: ContentHash) -> bool {
        self.all().values().any(|upload| upload.announced().hash == Some(hash))
    }

    /// Bytes of the disk that are kept for uploads: for the owner's, and for those of all others.
    /// One is left out.
    pub fn promised(&self, owner: Owner, except: &str, now: SystemTime) -> Promised {
        let mut promised = Promised::default();
        for upload in self.all().values().filter(|upload| upload.id() != except) {
            let part =
                if upload.owner() == owner { &mut promised.own } else { &mut promised.others };
            *part = part.saturating_add(upload.promised(now));
        }
        promised
    }

    /// Whose uploads go on.
    pub fn owners(&self) -> BTreeSet<DeviceId> {
        self.all().values().filter_map(|upload| upload.owner()).collect()
    }

    /// Ends all uploads of an owner, those too to which somebody writes.
    pub async fn end_all(&self, owner: DeviceId) {
        let all: Vec<_> = self.all().values().cloned().collect();
        for upload in all.iter().filter(|upload| upload.owner() == Some(owner)) {
            upload.is_over.store(true, Ordering::Release);
            let _alone = upload.turns.claim().await;
            self.end(upload);
        }
    }

    /// Removes those that have expired and that nobody writes to.
    pub fn sweep(&self, now: SystemTime) {
        let all: Vec<_> = self.all().values().cloned().collect();
        for upload in all.iter().filter(|upload| upload.expires() <= now) {
            if let Ok(_alone) = upload.turns.free() {
                self.end(upload);
            }
        }
    }

    /// Ends an upload, which the caller alone may write to and which became a file.
    pub fn finish(&self, upload: &Upload, hash: ContentHash, now: SystemTime) {
        let told = upload.announced().told.clone();
        let finished = Finished { hash, length: upload.length(), told };
        // First: whoever does not find it among those that go on is to find it here.
        self.all_finished().add(upload.owner(), upload.id(), finished, now);
        self.end(upload);
    }

    /// Forgets an upload, which the caller alone may write to, and what is left of its files.
    pub fn end(&self, upload: &Upload) {
        upload.is_over.store(true, Ordering::Release);
        for path in [upload.part(), json(&self.directory, upload.id())] {
            let removed = fs::remove_file(&path);
            if let Err(error) = &removed
                && !is_missing(&removed)
            {
                tracing::warn!(%error, ?path, "a file of an upload that is over stays");
            }
        }
        self.all().remove(upload.id());
    }

    fn all_finished(&self) -> MutexGuard<'_, FinishedUploads> {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Upload>>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many uploads one owner may have while so many of all go on: however many that are, everybody
/// has a few.
fn of_one_max(all: usize) -> usize {
    if all < limits::UPLOADS_MAX { limits::UPLOADS_OF_ONE_MAX } else { limits::UPLOADS_OF_ONE_MIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_few_uploads_however_many_go_on() {
        assert_eq!(of_one_max(limits::UPLOADS_MAX - 1), limits::UPLOADS_OF_ONE_MAX);
        assert_eq!(of_one_max(limits::UPLOADS_MAX), limits::UPLOADS_OF_ONE_MIN);
        assert_eq!(of_one_max(usize::MAX), limits::UPLOADS_OF_ONE_MIN);
    }
}
