//! The uploads that go on: `uploads/<id>.part` has the bytes, `<id>.json` what was announced and how much is durable. Of
//! those that became files nothing is left on the disk.

use std::{
    collections::BTreeMap,
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::Ordering},
    time::SystemTime,
};

use chasqui_shared::ContentHash;
use data_encoding::HEXLOWER;

use super::{
    Finished, MediaError, Owner,
    finished::FinishedUploads,
    is_missing, make_directory, open_file,
    upload::{Announced, Note, Upload, id_of, json, part, seconds},
};
use crate::{limits, store::random};

/// All of them, by id.
#[derive(Debug)]
pub struct Uploads {
    directory: PathBuf,
    by_id: Mutex<BTreeMap<String, Arc<Upload>>>,
    finished: Mutex<FinishedUploads>,
}

impl Uploads {
    /// Reads which uploads there are; files of uploads that were never begun or are over are removed.
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

    /// Begins an upload of which there was none, or goes on with one that was begun at the same moment.
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
        if of_owner >= limits::UPLOADS_OF_ONE_MAX || all.len() >= limits::UPLOADS_MAX {
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

    /// Bytes that the uploads that have not expired still want.
    pub fn bytes_to_come(&self, now: SystemTime) -> u64 {
        let all = self.all();
        let going_on = all.values().filter(|upload| upload.expires() > now);
        going_on.map(|upload| upload.length().saturating_sub(upload.offset())).sum()
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
