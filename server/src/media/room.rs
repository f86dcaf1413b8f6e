//! How much room the disk has for files, and whether that is too little.

use std::{
    io,
    path::Path,
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use crate::limits;

/// The files' part of a disk.
#[derive(Debug)]
pub(super) struct Room {
    reserve_bytes: u64,
    /// What did not fit last, and when that was.
    refused: Mutex<Option<(u64, SystemTime)>>,
}

impl Room {
    /// Leaves so much of the disk free.
    pub fn new(reserve_bytes: u64) -> Self {
        Self { reserve_bytes, refused: Mutex::new(None) }
    }

    /// Bytes for files on the disk of `directory`, which need not be there yet.
    pub fn bytes(&self, directory: &Path) -> io::Result<u64> {
        let there = directory.ancestors().find(|directory| directory.is_dir());
        let free = fs4::available_space(there.unwrap_or(directory))?;
        Ok(free.saturating_sub(self.reserve_bytes))
    }

    /// Whether so many bytes fit besides those that were promised.
    pub fn fits(
        &self,
        directory: &Path,
        promised: u64,
        bytes: u64,
        now: SystemTime,
    ) -> io::Result<bool> {
        let room = self.bytes(directory)?.saturating_sub(promised);
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if room < bytes {
            *refused = Some((bytes, now));
            return Ok(false);
        }
        if refused.is_some_and(|(wanted, _)| wanted <= bytes) {
            *refused = None;
        }
        Ok(true)
    }

    /// Whether nothing fits any more, or what was refused within [`limits::REFUSED_TIME`] still would be.
    pub fn is_full(&self, directory: &Path, promised: u64, now: SystemTime) -> io::Result<bool> {
        let room = self.bytes(directory)?.saturating_sub(promised);
        let refused = *self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let is_late =
            |at: SystemTime| now.duration_since(at).is_ok_and(|since| since < limits::REFUSED_TIME);
        let wanted = refused.filter(|(_, at)| is_late(*at)).map_or(1, |(bytes, _)| bytes.max(1));
        Ok(room < wanted)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_disk_without_room_is_full_and_one_with_room_is_not() {
        let at = Path::new("/");
        let full = Room::new(u64::MAX);
        assert_eq!(full.bytes(at).unwrap(), 0);
        assert!(full.is_full(at, 0, UNIX_EPOCH).unwrap());
        assert!(!full.fits(at, 0, 1, UNIX_EPOCH).unwrap());
        let free = Room::new(0);
        assert!(!free.is_full(at, 0, UNIX_EPOCH).unwrap());
        assert!(free.fits(at, 0, 1, UNIX_EPOCH).unwrap());
        assert!(free.is_full(at, u64::MAX, UNIX_EPOCH).unwrap(), "all of it is promised");
    }

    #[test]
    fn a_file_that_did_not_fit_is_told_of_for_a_day_or_until_one_as_large_fits() {
        let at = Path::new("/");
        let room = Room::new(0);
        let free = room.bytes(at).unwrap();
        // A part of the disk is promised, so that the rest is less than what is wanted, whatever others use.
        assert!(!room.fits(at, free / 2, free, UNIX_EPOCH).unwrap());
        let last = UNIX_EPOCH + limits::REFUSED_TIME - Duration::from_secs(1);
        assert!(room.is_full(at, free / 2, last).unwrap());
        assert!(!room.is_full(at, free / 2, UNIX_EPOCH + limits::REFUSED_TIME).unwrap());
        assert!(room.fits(at, 0, 1, last).unwrap());
        assert!(room.is_full(at, free / 2, last).unwrap(), "a small one that fits says nothing");
        assert!(!room.fits(at, free / 2, free * 3 / 4, UNIX_EPOCH).unwrap());
        assert!(room.fits(at, 0, free * 3 / 4, last).unwrap());
        assert!(!room.is_full(at, free / 2, last).unwrap());
    }

    #[test]
    fn a_directory_that_is_not_there_yet_has_the_room_of_the_one_above() {
        let directory = tempfile::tempdir().unwrap();
        assert!(Room::new(0).bytes(&directory.path().join("not/yet")).unwrap() > 0);
    }
}
