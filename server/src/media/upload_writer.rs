//! Writing to an upload: one at a time, hashed on the way, kept once it is durable.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Arc, atomic::Ordering},
    time::SystemTime,
};

use chasqui_shared::ContentHash;

use super::{
    directory::open_file,
    error::MediaError,
    files::Media,
    uploads::{
        checksum::Checksum,
        turns::{Turn, Wanted},
        upload::Upload,
    },
};
use crate::limits;

/// Who writes to an upload; dropped, what it wrote since the last [`Self::keep`] is not there.
#[derive(Debug)]
pub struct Writer {
    media: Arc<Media>,
    upload: Arc<Upload>,
    /// Empty while this one writes, so that whoever comes after a failure reads again what is
    /// durable.
    turn: Turn,
    wanted: Wanted,
    file: File,
    hasher: blake3::Hasher,
    offset: u64,
    checksum: Option<Checksum>,
}

/// What became of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is durable up to here, and more is to come.
    Part(u64),
    /// The file is whole and durable.
    Whole(ContentHash),
}

impl Writer {
    /// Waits for the turn to write to an upload: until nobody else does, or until nothing comes any
    /// more to who does. To be refused with [`MediaError::Busy`] if it does.
    pub async fn turn(upload: &Upload) -> Result<Turn, MediaError> {
        upload.turns.take().await
    }

    /// The turn to write to an upload if nobody else does, for who cannot wait; else
    /// [`MediaError::Busy`].
    pub fn free_turn(upload: &Upload) -> Result<Turn, MediaError> {
        upload.turns.free()
    }

    /// Goes on at `offset`, which must be where the durable bytes end. Fails with
    /// [`MediaError::DiskReserve`] if nothing came for so long that its room is given away.
    pub fn open(
        media: Arc<Media>,
        upload: Arc<Upload>,
        mut turn: Turn,
        offset: u64,
        checksum: Option<Checksum>,
        now: SystemTime,
    ) -> Result<Self, MediaError> {
        if upload.is_over.load(Ordering::Acquire) {
            return Err(MediaError::Unknown);
        }
        let durable = upload.offset();
        if offset != durable {
            return Err(MediaError::OffsetWrong { offset: durable });
        }
        if !media.has_room(&upload, now)? {
            return Err(MediaError::DiskReserve);
        }
        let mut file = open_file(&upload.part())?;
        // As when the disk failed after the whole file was moved to its place. What is missing
        // would be read as zeros.
        if file.metadata()?.len() < durable {
            media.uploads.end(&upload);
            return Err(MediaError::Unknown);
        }
        let hasher = match turn.take() {
            Some(hasher) => hasher,
            None => hash_of(&mut file, durable)?,
        };
        file.set_len(durable)?;
        file.seek(SeekFrom::Start(durable))?;
        let wanted = upload.turns.begin();
        Ok(Self { media, upload, turn, wanted, file, hasher, offset, checksum })
    }

    /// Bytes came, and are about to be written.
    pub fn heard(&self) {
        self.upload.turns.heard();
    }

    /// Waits until a newer request wants to go on where this one is silent: this one is to be
    /// [`Self::cut`].
    pub async fn wanted(&mut self) {
        self.wanted.wanted().await;
    }

    /// Writes the next bytes.
    pub fn take(&mut self, bytes: &[u8], now: SystemTime) -> Result<(), MediaError> {
        if self.upload.is_over.load(Ordering::Acquire) {
            return Err(MediaError::Unknown);
        }
        let length = self.upload.length();
        if bytes.len() as u64 > length - self.offset {
            return Err(MediaError::TooLarge { bytes_max: length });
        }
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.offset += bytes.len() as u64;
        let Some(checksum) = &mut self.checksum else {
            let since = self.offset - self.upload.offset();
            // The durable bytes of an upload are never all of the file: whoever asks would take it
            // for whole.
            let is_whole = self.offset == length;
            return match since >= limits::UPLOAD_UNSYNCED_BYTES_MAX && !is_whole {
                // What was promised to many may be more than there is.
                true if self.media.room_bytes()? == 0 => Err(MediaError::DiskReserve),
                true => Ok(self.keep(now)?),
                false => Ok(()),
            };
        };
        checksum.update(bytes);
        Ok(())
    }

    /// Ends before the request did. What came is kept, unless nothing could tell later that it is
    /// damaged; if that is all of the file, it is whole as if the request had come to its end.
    pub fn cut(mut self, now: SystemTime) -> Result<(), MediaError> {
        if self.offset == self.upload.length() {
            return self.finish(now).map(|_| ());
        }
        if self.checksum.is_some() && self.upload.announced().hash.is_none() {
            return Ok(());
        }
        self.keep(now)?;
        *self.turn = Some(self.hasher);
        Ok(())
    }

    /// Ends with everything that was sent: it is durable, or it is gone.
    pub fn finish(mut self, now: SystemTime) -> Result<Taken, MediaError> {
        if self.checksum.take().is_some_and(|checksum| !checksum.is_right()) {
            return Err(MediaError::ChecksumWrong);
        }
        if self.offset < self.upload.length() {
            self.keep(now)?;
            *self.turn = Some(self.hasher);
            return Ok(Taken::Part(self.offset));
        }
        let hash = ContentHash(*self.hasher.finalize().as_bytes());
        if self.upload.announced().hash.is_some_and(|named| named != hash) {
            self.media.uploads.end(&self.upload);
            return Err(MediaError::HashWrong);
        }
        self.file.sync_all()?;
        self.media.adopt(&self.upload.part(), hash, now)?;
        self.media.uploads.finish(&self.upload, hash, now);
        Ok(Taken::Whole(hash))
    }

    fn keep(&mut self, now: SystemTime) -> io::Result<()> {
        self.file.sync_all()?;
        self.upload.keep(self.offset, now)
    }
}

fn hash_of(file: &mut File, bytes: u64) -> io::Result<blake3::Hasher> {
    let mut hasher = blake3::Hasher::new();
    file.seek(SeekFrom::Start(0))?;
    hasher.update_reader(file.take(bytes))?;
    Ok(hasher)
}
