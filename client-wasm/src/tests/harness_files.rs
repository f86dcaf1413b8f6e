//! What a phone of the tests does with files.

use chasqui_shared::{ContentHash, Failure, MediaRef};

use super::harness::Phone;
use crate::{FileSum, MemoryFile};

/// What is said of a file of these bytes.
pub fn media(bytes: &[u8]) -> MediaRef {
    MediaRef {
        hash: ContentHash(*blake3::hash(bytes).as_bytes()),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".into(),
        name: "photo.jpg".into(),
    }
}

impl Phone {
    /// Takes a file for a draft.
    pub fn take(&mut self, draft: &str, bytes: &[u8]) -> MediaRef {
        self.try_take(draft, media(bytes), bytes).unwrap()
    }

    pub fn try_take(
        &mut self,
        draft: &str,
        media: MediaRef,
        bytes: &[u8],
    ) -> Result<MediaRef, Failure> {
        let (engine, file) = (self.engine.clone(), MemoryFile(bytes.into()));
        self.pool.run_until(engine.take(draft, &file, media))
    }

    pub fn taken(&mut self, draft: &str) -> Vec<MediaRef> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.taken(draft)).unwrap()
    }

    pub fn discard(&mut self, draft: &str, hash: Option<ContentHash>) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.discard(draft, hash))
    }

    pub fn file(&mut self, hash: ContentHash) -> Option<Vec<u8>> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.file(hash)).unwrap().map(|file| file.0.to_vec())
    }

    pub fn preview(&mut self, hash: ContentHash) -> Option<Vec<u8>> {
        let engine = self.engine.clone();
        let preview = self.spawned(async move { engine.preview(hash).await });
        preview.unwrap().map(|preview| preview.0.to_vec())
    }

    pub fn fetch_file(&mut self, hash: ContentHash) -> Result<(), Failure> {
        let engine = self.engine.clone();
        self.spawned(async move { engine.fetch_file(hash).await })
    }

    pub fn freeable(&mut self) -> FileSum {
        let engine = self.engine.clone();
        self.pool.run_until(engine.freeable()).unwrap()
    }

    pub fn free_space(&mut self) -> Result<FileSum, Failure> {
        let engine = self.engine.clone();
        self.pool.run_until(engine.free_space())
    }
}
