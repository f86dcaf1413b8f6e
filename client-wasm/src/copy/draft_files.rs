//! What a page may ask of files: to keep what was taken for a draft, and to let it go.

use chasqui_shared::{Code, ContentHash, Failure, MediaRef};

use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    storage::disk::{Disk, StoredFile},
};

impl<D: Disk, H: Host> WorkingCopy<D, H> {
    /// Keeps a file for a draft that is not saved yet. `media.hash` is that of the bytes.
    pub async fn take(
        &self,
        draft: &str,
        file: &D::File,
        media: MediaRef,
    ) -> Result<MediaRef, Failure> {
        if file.bytes() != media.bytes {
            return Err(Failure::new(Code::MediaSizeWrong, "this file has another size"));
        }
        self.keep(media.hash, file, |state| state.files.take(draft, media)).await
    }

    /// What was taken for a draft and not yet saved with it.
    pub async fn taken(&self, draft: &str) -> Result<Vec<MediaRef>, Failure> {
        self.with(|state| Ok(state.files.taken(draft))).await
    }

    /// Lets go of one file of a draft, or of all. Its bytes are removed, unless a record or another
    /// draft has them.
    pub async fn discard(&self, draft: &str, hash: Option<ContentHash>) -> Result<(), Failure> {
        self.change(|state| {
            let is_unsaved = match hash {
                Some(hash) => state.files.discard(draft, hash),
                None => state.files.release(draft),
            };
            Ok((is_unsaved, ()))
        })
        .await
    }
}
