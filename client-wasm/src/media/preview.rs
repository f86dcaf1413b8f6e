//! Previews of pictures that are elsewhere: small, made by the laptop, kept here for the next time.

use std::{cell::RefCell, collections::BTreeSet};

use chasqui_shared::{Code, ContentHash, Failure, limits::REQUEST_TIMEOUT_MS};
use futures_util::lock::Mutex;

use crate::{
    engine::Engine,
    host::Host,
    laptops::transport::{Transport, is_absence},
    limits::{
        PREVIEW_BYTES_MAX, PREVIEW_TRIES_MAX, PREVIEWS_AT_ONCE, PREVIEWS_MAX, STORAGE_TIMEOUT_MS,
    },
    storage::disk::{Disk, StoredFile},
};

/// Pause before a busy laptop is asked again, in milliseconds.
const BUSY_PAUSE_MS: u64 = 1_000;

/// Keeps previews from taking the wifi from everything else.
#[derive(Default)]
pub struct Previews {
    /// Each file has its lane, in which one preview is fetched at a time.
    lanes: [Mutex<()>; PREVIEWS_AT_ONCE],
    /// Files of which there is none. At most [`PREVIEWS_MAX`].
    impossible: RefCell<BTreeSet<ContentHash>>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// A small JPEG of a picture: as it was kept, or from the laptop if one is known to be in reach. `None` if there is none to
    /// be had; nobody looks for a laptop for a preview.
    pub async fn preview(&self, hash: ContentHash) -> Result<Option<D::File>, Failure> {
        let lane = usize::from(hash.0[0]) % PREVIEWS_AT_ONCE;
        let _turn = self.previews.lanes[lane].lock().await;
        // A disk that fails costs the preview another way, and no more.
        let kept = self.stored_in(STORAGE_TIMEOUT_MS, self.disk.preview(hash)).await;
        if let Ok(Some(kept)) = kept {
            return Ok(Some(kept));
        }
        if self.link.borrow().peer.is_none() || self.previews.is_impossible(hash) {
            return Ok(None);
        }
        let Some(preview) = self.ask_preview(hash).await else { return Ok(None) };
        let keeping = self.disk.keep_preview(hash, &preview, PREVIEWS_MAX);
        let _ = self.stored_in(STORAGE_TIMEOUT_MS, keeping).await;
        Ok(Some(preview))
    }

    async fn ask_preview(&self, hash: ContentHash) -> Option<D::File> {
        for _ in 0..PREVIEW_TRIES_MAX {
            let peer = self.vouched_peer().await.ok()?;
            let preview = self.transport.preview(&peer.base, &peer.token, hash);
            match self.answered_in(REQUEST_TIMEOUT_MS, preview).await {
                Ok(preview) if preview.bytes() <= PREVIEW_BYTES_MAX => {
                    return D::File::join(&[preview], "image/jpeg").ok();
                }
                Err(failure) if failure.code == Code::Busy => self.host.sleep(BUSY_PAUSE_MS).await,
                Err(failure) if failure.code == Code::PreviewImpossible => {
                    self.previews.note_impossible(hash);
                    return None;
                }
                Err(failure) if is_absence(&failure) => {
                    self.forget(&peer);
                    return None;
                }
                _ => return None,
            }
        }
        None
    }
}

impl Previews {
    fn is_impossible(&self, hash: ContentHash) -> bool {
        self.impossible.borrow().contains(&hash)
    }

    fn note_impossible(&self, hash: ContentHash) {
        let mut impossible = self.impossible.borrow_mut();
        if impossible.len() >= PREVIEWS_MAX {
            impossible.pop_first();
        }
        impossible.insert(hash);
    }
}
