//! Whether a file is really here: looked at on the disk whenever somebody relies on it, and hashed
//! where that is in doubt.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    time::SystemTime,
};

use chasqui_shared::ContentHash;

use super::blob_files::{Blobs, Held};
use crate::media::directory::make_directory;

impl Blobs {
    /// Whether the file is on the disk with the length and the time that it had, else whether
    /// hashing it says that it is whole. One that is gone is forgotten, one that is damaged is not
    /// counted as here, and one that stands in `removed` is brought back.
    ///
    /// Reads the disk, and all of the file where it was touched.
    pub fn look(&self, hash: ContentHash, now: SystemTime) -> bool {
        let Some(held) = self.held().get(&hash).copied() else {
            return self.bring_back(hash, now);
        };
        let is_same = |about: &fs::Metadata| {
            about.is_file()
                && about.len() == held.bytes
                && about.modified().is_ok_and(|at| at == held.acknowledged_at)
        };
        match fs::metadata(self.path(hash)) {
            Ok(about) if is_same(&about) && !held.is_doubted => true,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.forget(hash);
                false
            }
            _ => matches!(self.hash_again(hash, now), Ok(Some(_))),
        }
    }

    /// Looks at every file; see [`Self::look`].
    pub fn look_at_all(&self, now: SystemTime) {
        for hash in self.here() {
            self.look(hash, now);
        }
    }

    /// Whether the file is here, for one who may rely on it from now on: it stays for its time of
    /// grace at least.
    pub fn acknowledge(&self, hash: ContentHash, now: SystemTime) -> bool {
        if !self.look(hash, now) {
            return false;
        }
        match self.held().get(&hash) {
            None => return false,
            Some(held) if held.is_fresh(now) => return true,
            Some(_) => {}
        }
        let path = self.path(hash);
        let marked = File::options().write(true).open(&path).and_then(|file| {
            file.set_modified(now)?;
            // As the disk keeps it, which may be less exact.
            file.metadata()?.modified()
        });
        let marked = marked.unwrap_or_else(|error| {
            tracing::warn!(%error, ?path, "when a file was asked for cannot be written down");
            now
        });
        self.held_mut().get_mut(&hash).map(|held| held.acknowledged_at = marked).is_some()
    }

    /// Whether the file was hashed within [`crate::limits::HASHED_TIME`], and is as it was then.
    pub fn is_hashed(&self, hash: ContentHash, now: SystemTime) -> bool {
        self.look(hash, now) && self.held().get(&hash).is_some_and(|held| held.is_hashed(now))
    }

    /// Hashes the file: its bytes if it is what its name says. One that is gone is forgotten; one
    /// that is something else, that breaks off with an error of its disk or cannot be opened, is
    /// not counted as here until it was hashed and is whole.
    pub fn hash_again(&self, hash: ContentHash, now: SystemTime) -> io::Result<Option<u64>> {
        let read = File::open(self.path(hash)).and_then(|file| Ok((file.metadata()?, file)));
        let (about, file) = match read {
            Ok(read) => read,
            Err(error) => {
                match error.kind() {
                    ErrorKind::NotFound => self.forget(hash),
                    _ => self.doubt(hash),
                }
                return Err(error);
            }
        };
        let mut hasher = blake3::Hasher::new();
        let broke_off = hasher.update_reader(&file).err();
        if let Some(error) = &broke_off {
            tracing::error!(%error, %hash, "a file breaks off");
        }
        if broke_off.is_none() && hasher.finalize().as_bytes() == &hash.0 {
            let held = Held::read(&about, Some(now))?;
            let before = self.held_mut().insert(hash, held);
            if before.is_none_or(|before| before.is_doubted || before.bytes != held.bytes) {
                self.changed(hash);
            }
            self.clear_aside(hash);
            return Ok(Some(held.bytes));
        }
        tracing::error!(%hash, "a file is not what it was when it came");
        let held = Held::read(&about, None)?;
        self.held_mut().entry(hash).or_insert(held);
        self.doubt(hash);
        Ok(None)
    }

    /// Counts a file as not here until it was hashed and is whole, after a restart too.
    pub fn doubt(&self, hash: ContentHash) {
        let is_news = match self.held_mut().get_mut(&hash) {
            Some(held) => !std::mem::replace(&mut held.is_doubted, true),
            None => false,
        };
        if !is_news {
            return;
        }
        self.changed(hash);
        let said = make_directory(&self.doubted_directory)
            .and_then(|()| fs::write(self.doubted_directory.join(hash.to_string()), b""));
        if let Err(error) = said {
            tracing::warn!(%error, %hash, "that a file is in doubt cannot be written down");
        }
    }
}
