//! What a page may ask of files: to keep what was taken for a draft, to let it go, and to show it.

use chasqui_shared::{Code, ContentHash, Failure, MediaRef};

use crate::{
    engine::Engine,
    host::Host,
    in_time::keeping_ms,
    laptops::transport::Transport,
    limits::STORAGE_TIMEOUT_MS,
    storage::disk::{Disk, DiskError, StoredFile},
};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Keeps a file for a draft that is not saved yet, so that neither a crash nor a dead battery loses it. Resolves when it
    /// is durable, with how a draft names it. `media.hash` is that of the bytes.
    ///
    /// Fails with `media_size_wrong`, `media_empty`, `media_large`, `media_many`, `draft_malformed` and as
    /// [`Engine::record`]; nothing is stored then.
    pub async fn take(
        &self,
        draft: &str,
        file: &D::File,
        media: MediaRef,
    ) -> Result<MediaRef, Failure> {
        if file.bytes() != media.bytes {
            return Err(Failure::new(Code::MediaSizeWrong, "this file has another size"));
        }
        let hash = media.hash;
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let media = state.files.take(draft, media)?;
        let keeping = state.keep(&self.disk, hash, file);
        if let Err(error) = self.stored_in(keeping_ms(media.bytes), keeping).await {
            *slot = None;
            return Err(error.into());
        }
        Ok(media)
    }

    /// What was taken for a draft and not yet saved with it.
    pub async fn taken(&self, draft: &str) -> Result<Vec<MediaRef>, Failure> {
        let mut slot = self.state.lock().await;
        Ok(self.loaded(&mut slot).await?.files.taken(draft))
    }

    /// Lets go of one file of a draft, or of all. Its bytes are removed, unless a record or another draft has them.
    pub async fn discard(&self, draft: &str, hash: Option<ContentHash>) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        let files = &mut self.loaded(&mut slot).await?.files;
        let news = match hash {
            Some(hash) => files.discard(draft, hash),
            None => files.release(draft),
        };
        if news { self.commit(&mut slot).await } else { Ok(()) }
    }

    /// A file that is on this phone.
    pub async fn file(&self, hash: ContentHash) -> Result<Option<D::File>, Failure> {
        Ok(self.stored_file(hash).await?)
    }

    pub(crate) async fn stored_file(
        &self,
        hash: ContentHash,
    ) -> Result<Option<D::File>, DiskError> {
        self.stored_in(STORAGE_TIMEOUT_MS, self.disk.file(hash)).await
    }
}
