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
