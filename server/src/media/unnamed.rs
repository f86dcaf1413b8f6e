//! Files that came here and that no record named: the only ones that may ever be removed.
//!
//! `unnamed/abcd…` is made by whoever looked for the record that names a file that came, and did
//! not find it; it tells in which project and among how many versions that was, and on which days
//! it was so. A file without such a note is never removed, so that a database that is lost, older
//! or another one makes nothing look like a stray. A note that cannot be read is none.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use chasqui_shared::{ContentHash, ProjectId};
use serde::{Deserialize, Serialize};

use crate::{
    limits,
    media::directory::{is_missing, make_directory, sync_directory},
    system::private_file,
};

/// The notes.
#[derive(Debug)]
pub struct Unnamed(PathBuf);

/// What is noted of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The project whose records were asked.
    pub project: ProjectId,
    /// How many versions were asked the last time.
    pub versions: u64,
    /// Days since 1970 on which no record named it, by this machine's clock; the first
    /// [`limits::ORPHAN_DAYS_MIN`].
    pub days: BTreeSet<u64>,
    /// The same since it was removed, once it was; the first [`limits::REMOVED_DAYS_MIN`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_days: Option<BTreeSet<u64>>,
}

impl Note {
    /// Of a file that no record named today.
    pub fn new(project: ProjectId, versions: u64) -> Self {
        Self { project, versions, days: BTreeSet::new(), removed_days: None }
    }

    /// Whether a store of this project with so many versions can be what it was asked of before, or
    /// has grown from that.
    pub fn is_of(&self, project: ProjectId, versions: u64) -> bool {
        self.project == project && self.versions <= versions
    }

    /// No record named it on this day either.
    pub fn looked(&mut self, versions: u64, day: u64) {
        self.versions = versions;
        let (days, count_max) = match &mut self.removed_days {
            Some(days) => (days, limits::REMOVED_DAYS_MIN),
            None => (&mut self.days, limits::ORPHAN_DAYS_MIN),
        };
        if days.len() < count_max {
            days.insert(day);
        }
    }

    /// Whether it was looked for on as many days as are enough for the next step.
    pub fn is_due(&self) -> bool {
        match &self.removed_days {
            Some(days) => days.len() >= limits::REMOVED_DAYS_MIN,
            None => self.days.len() >= limits::ORPHAN_DAYS_MIN,
        }
    }
}

impl Unnamed {
    /// In this directory, which is made with the first note.
    pub fn new(directory: PathBuf) -> Self {
        Self(directory)
    }

    /// Every note.
    pub fn all(&self) -> io::Result<Vec<(ContentHash, Note)>> {
        let read = fs::read_dir(&self.0);
        if is_missing(&read) {
            return Ok(Vec::new());
        }
        let mut notes = Vec::new();
        for file in read? {
            let path = file?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(hash) = name.and_then(ContentHash::from_hex) else { continue };
            match sealed(&path, hash)? {
                Some(note) => notes.push((hash, note)),
                None => self.forget(hash)?,
            }
        }
        Ok(notes)
    }

    /// Writes one down; never half of it is there.
    pub fn put(&self, hash: ContentHash, note: &Note) -> io::Result<()> {
        make_directory(&self.0)?;
        let said = serde_json::to_vec(note)?;
        let sealed = [seal(hash, &said).as_bytes(), b"\n", &said].concat();
        private_file::write(&self.0.join(hash.to_string()), &sealed)?;
        sync_directory(&self.0)
    }

    /// Forgets that no record named a file: it is never removed then.
    pub fn forget(&self, hash: ContentHash) -> io::Result<()> {
        let removed = fs::remove_file(self.0.join(hash.to_string()));
        if is_missing(&removed) { Ok(()) } else { removed }
    }
}

/// A note that is as it was written; a flipped bit in it must not make it say more.
fn sealed(path: &Path, hash: ContentHash) -> io::Result<Option<Note>> {
    let bytes = fs::read(path)?;
    let parts = bytes.split_first_chunk::<65>();
    let said = parts
        .filter(|(head, said)| head[..64] == *seal(hash, said).as_bytes() && head[64] == b'\n');
    Ok(said.and_then(|(_, said)| serde_json::from_slice(said).ok()))
}

fn seal(hash: ContentHash, said: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"chasqui unnamed 1").update(&hash.0).update(said);
    hasher.finalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_bit_of_a_note_flips_it_is_no_note_any_more() {
        let directory = tempfile::tempdir().unwrap();
        let unnamed = Unnamed::new(directory.path().join("unnamed"));
        let (hash, mut note) = (ContentHash([7; 32]), Note::new(ProjectId([1; 16]), 3));
        note.looked(4, 20_000);
        unnamed.put(hash, &note).unwrap();
        assert_eq!(unnamed.all().unwrap(), [(hash, note)]);
        let path = directory.path().join("unnamed").join(hash.to_string());
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[at / 8] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            assert_eq!(unnamed.all().unwrap(), [], "bit {at}");
            assert!(!path.exists());
        }
    }

    #[test]
    fn days_are_counted_once_each_and_no_more_than_are_needed() {
        let mut note = Note::new(ProjectId([1; 16]), 0);
        for day in 0..2 * limits::ORPHAN_DAYS_MIN as u64 {
            assert_eq!(note.is_due(), note.days.len() == limits::ORPHAN_DAYS_MIN);
            note.looked(day, day);
            note.looked(day, day);
        }
        assert!(note.is_due() && note.days.len() == limits::ORPHAN_DAYS_MIN);
        note.removed_days = Some(BTreeSet::new());
        assert!(!note.is_due());
    }

    #[test]
    fn a_store_that_is_another_or_holds_less_is_not_what_was_asked() {
        let note = Note::new(ProjectId([1; 16]), 3);
        assert!(note.is_of(ProjectId([1; 16]), 3) && note.is_of(ProjectId([1; 16]), 4));
        assert!(!note.is_of(ProjectId([1; 16]), 2) && !note.is_of(ProjectId([2; 16]), 9));
    }
}
