//! A file that is read and never written: what the database writes is kept in memory and forgotten.
//!
//! So a store is audited, or compared from a drive that cannot be written, without a byte of it
//! changing. redb writes even while it opens and repairs.

use std::{
    collections::BTreeMap,
    fs::{File, TryLockError},
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError, RwLock},
};

use redb::StorageBackend;

use crate::store::error::StoreError;

const BLOCK: u64 = 4_096;

/// The file, with what was written since laid over it.
#[derive(Debug)]
pub(in crate::store) struct Overlay {
    file: Mutex<File>,
    /// Length of the file itself; never changes.
    file_len: u64,
    len: RwLock<u64>,
    /// Whole blocks, by number.
    written: Mutex<BTreeMap<u64, Box<[u8; BLOCK as usize]>>>,
}

impl Overlay {
    /// Opens a file that must be there. One that another process writes is [`StoreError::InUse`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(StoreError::Directory)?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            // A file system without locks cannot be asked; the one that writes would be on this
            // machine.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let file_len = file.metadata().map_err(StoreError::Directory)?.len();
        if file_len == 0 {
            return Err(StoreError::Directory(io::ErrorKind::UnexpectedEof.into()));
        }
        let (len, written) = (RwLock::new(file_len), Mutex::default());
        Ok(Self { file: Mutex::new(file), file_len, len, written })
    }

    fn written(&self) -> MutexGuard<'_, BTreeMap<u64, Box<[u8; BLOCK as usize]>>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One block as the file has it; zeros after its end.
    fn block_of_file(&self, number: u64) -> io::Result<Box<[u8; BLOCK as usize]>> {
        use std::io::{Read, Seek, SeekFrom};

        let mut block = Box::new([0; BLOCK as usize]);
        let start = number * BLOCK;
        if start < self.file_len {
            let length = (self.file_len - start).min(BLOCK) as usize;
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(start))?;
            file.read_exact(&mut block[..length])?;
        }
        Ok(block)
    }

    fn is_within(&self, offset: u64, length: usize) -> bool {
        let len = *self.len.read().unwrap_or_else(PoisonError::into_inner);
        offset.checked_add(length as u64).is_some_and(|end| end <= len)
    }
}

/// The parts of a span of bytes by block: its number, where in it, and where in the span.
fn parts(offset: u64, length: usize) -> impl Iterator<Item = (u64, usize, std::ops::Range<usize>)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        if done == length {
            return None;
        }
        let at = offset + done as u64;
        let inside = (at % BLOCK) as usize;
        let take = (BLOCK as usize - inside).min(length - done);
        let part = (at / BLOCK, inside, done..done + take);
        done += take;
        Some(part)
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(*self.len.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if !self.is_within(offset, out.len()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (number, inside, span) in parts(offset, out.len()) {
            let held = self.written().get(&number).cloned();
            let block = match held {
                Some(block) => block,
                None => self.block_of_file(number)?,
            };
            let length = span.len();
            out[span].copy_from_slice(&block[inside..inside + length]);
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut held = self.len.write().unwrap_or_else(PoisonError::into_inner);
        if len < *held {
            // What is cut off reads as zeros if it grows again.
            let mut written = self.written();
            for number in len / BLOCK..held.div_ceil(BLOCK) {
                let mut block = match written.remove(&number) {
                    Some(block) => block,
                    None => self.block_of_file(number)?,
                };
                let kept = len.saturating_sub(number * BLOCK).min(BLOCK) as usize;
                block[kept..].fill(0);
                written.insert(number, block);
            }
        }
        *held = len;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        if !self.is_within(offset, data.len()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut written = self.written();
        for (number, inside, span) in parts(offset, data.len()) {
            let mut block = match written.remove(&number) {
                Some(block) => block,
                None => self.block_of_file(number)?,
            };
            block[inside..inside + span.len()].copy_from_slice(&data[span]);
            written.insert(number, block);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_the_file_stays_as_it_was() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let before: Vec<u8> = (0..10_000).map(|n| n as u8).collect();
        file.write_all(&before).unwrap();
        let overlay = Overlay::open(file.path()).unwrap();
        let read = |offset, length| {
            let mut out = vec![9; length];
            overlay.read(offset, &mut out).map(|()| out)
        };
        assert_eq!(read(4_000, 5_000).unwrap(), before[4_000..9_000]);
        overlay.write(4_090, &[7; 10]).unwrap();
        let mut laid_over = before.clone();
        laid_over[4_090..4_100].fill(7);
        assert_eq!(read(0, 10_000).unwrap(), laid_over);
        assert!(read(9_999, 2).is_err() && overlay.write(9_999, &[0; 2]).is_err());
        overlay.set_len(4_095).unwrap();
        overlay.set_len(12_000).unwrap();
        laid_over.truncate(4_095);
        laid_over.resize(12_000, 0);
        assert_eq!(read(0, 12_000).unwrap(), laid_over);
        assert_eq!(std::fs::read(file.path()).unwrap(), before);
    }
}
