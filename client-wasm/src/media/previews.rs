//! Previews of pictures that are elsewhere: small, made by the laptop, kept here for the next time.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use chasqui_shared::{Code, ContentHash, limits::REQUEST_TIMEOUT_MS};
use futures_util::lock::Mutex;

use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    in_time::answered_in,
    laptops::transport::{Transport, is_absence},
    limits::{PREVIEW_BYTES_MAX, PREVIEW_TRIES_MAX, PREVIEWS_AT_ONCE, PREVIEWS_MAX},
    network::Network,
    storage::disk::{Disk, StoredFile},
};

/// Pause before a busy laptop is asked again, in milliseconds.
const BUSY_PAUSE_MS: u64 = 1_000;

/// Previews, so many at once that they do not take the wifi from everything else.
pub struct Previews<D, T, H> {
    copy: Rc<WorkingCopy<D, H>>,
    network: Rc<Network<D, T, H>>,
    host: Rc<H>,
    /// Each file has its lane, in which one preview is fetched at a time.
    lanes: [Mutex<()>; PREVIEWS_AT_ONCE],
    /// Files of which there is none. At most [`PREVIEWS_MAX`].
    impossible: RefCell<BTreeSet<ContentHash>>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Previews<D, T, H> {
    /// None is on its way.
    pub fn new(copy: &Rc<WorkingCopy<D, H>>, network: &Rc<Network<D, T, H>>, host: &Rc<H>) -> Self {
        let (copy, network, host) = (copy.clone(), network.clone(), host.clone());
        Self { copy, network, host, lanes: Default::default(), impossible: RefCell::default() }
    }

    /// A small JPEG of a picture: as it was kept, or from the laptop if one is known to be in
    /// reach. `None` if there is none to be had; nobody looks for a laptop for a preview.
    pub async fn preview(&self, hash: ContentHash) -> Option<D::File> {
        let lane = usize::from(hash.0[0]) % PREVIEWS_AT_ONCE;
        let _turn = self.lanes[lane].lock().await;
        let kept = self.copy.preview(hash).await;
        if kept.is_some() || self.network.peer().is_none() || self.is_impossible(hash) {
            return kept;
        }
        let preview = self.ask_preview(hash).await?;
        self.copy.keep_preview(hash, &preview, PREVIEWS_MAX).await;
        Some(preview)
    }

    async fn ask_preview(&self, hash: ContentHash) -> Option<D::File> {
        for _ in 0..PREVIEW_TRIES_MAX {
            let peer = self.network.vouched_peer().await.ok()?;
            let preview = self.network.transport().preview(&peer.base, &peer.token, hash);
            match answered_in(&*self.host, REQUEST_TIMEOUT_MS, preview).await {
                Ok(preview) if preview.bytes() <= PREVIEW_BYTES_MAX => {
                    return D::File::join(&[preview], "image/jpeg").ok();
                }
                Err(failure) if failure.code == Code::Busy => self.host.sleep(BUSY_PAUSE_MS).await,
                Err(failure) if failure.code == Code::PreviewImpossible => {
                    self.note_impossible(hash);
                    return None;
                }
                Err(failure) if is_absence(&failure) => {
                    self.network.forget(&peer);
                    return None;
                }
                _ => return None,
            }
        }
        None
    }

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
