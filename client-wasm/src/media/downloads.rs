//! Bringing a file from the laptop: slice by slice, over a wifi that breaks, and checked against
//! its hash before it is kept.
//!
//! What came stays with this engine until the file is whole, so that neither a cut nor a second
//! wish fetches a byte twice; a restart begins anew. The parts are the browser's: in memory is one
//! slice at a time, for the hash.

use std::rc::Rc;

use chasqui_shared::{
    Code, ContentHash, DeviceId, Failure, MediaRef, is_safe_to_show,
    transfer::{Direction, Input, Output, Transfer, Wanted},
};
use futures_util::lock::Mutex;

use crate::{
    copy::working_copy::WorkingCopy,
    host::Host,
    in_time::{answered_in, read_part},
    laptops::transport::{Transport, away, is_absence},
    limits::{self, DOWNLOADS_BEGUN_MAX},
    network::Network,
    storage::disk::{Disk, StoredFile},
};

/// Files on their way to this phone, one at a time, in the order of asking.
pub struct Downloads<D: Disk, T, H> {
    copy: Rc<WorkingCopy<D, H>>,
    network: Rc<Network<D, T, H>>,
    host: Rc<H>,
    state: Mutex<DownloadState<D::File>>,
}

struct DownloadState<F> {
    transfer: Transfer,
    /// What came so far of files, the oldest first; at most [`DOWNLOADS_BEGUN_MAX`].
    begun: Vec<Download<F>>,
}

/// What came so far of one file.
struct Download<F> {
    file: MediaRef,
    parts: Vec<F>,
    bytes: u64,
    hasher: blake3::Hasher,
    /// Whom the last part came from.
    laptop: Option<DeviceId>,
}

impl<F> DownloadState<F> {
    /// Takes out what came of a file, or nothing of it yet.
    fn resume(&mut self, file: MediaRef) -> Download<F> {
        match self.begun.iter().position(|begun| begun.file.hash == file.hash) {
            Some(place) => self.begun.remove(place),
            None => Download {
                file,
                parts: Vec::new(),
                bytes: 0,
                hasher: blake3::Hasher::new(),
                laptop: None,
            },
        }
    }

    /// Keeps what came for the next time.
    fn put_by(&mut self, download: Download<F>) {
        self.begun.push(download);
        let leave = self.begun.len().saturating_sub(DOWNLOADS_BEGUN_MAX);
        self.begun.drain(..leave);
    }
}

impl<D: Disk, T: Transport<D::File>, H: Host> Downloads<D, T, H> {
    /// Nothing is wanted. `seed` spreads the pauses.
    pub fn new(
        copy: &Rc<WorkingCopy<D, H>>,
        network: &Rc<Network<D, T, H>>,
        host: &Rc<H>,
        seed: u64,
    ) -> Self {
        let (copy, network, host) = (copy.clone(), network.clone(), host.clone());
        let transfer = Transfer::new(limits::downloads(), seed);
        let state = Mutex::new(DownloadState { transfer, begun: Vec::new() });
        Self { copy, network, host, state }
    }

    /// Brings a file that a shown record names to this phone.
    pub async fn fetch_file(&self, hash: ContentHash) -> Result<(), Failure> {
        let mut state = self.state.lock().await;
        let now = self.host.wall_clock();
        let lacking = self.copy.with(|copy| {
            if copy.files.is_sound(hash) {
                return Ok(None);
            }
            let named = copy.named(hash, now).filter(|file| file.bytes > 0);
            named.map(Some).ok_or_else(media_unknown)
        });
        let Some(file) = lacking.await? else { return Ok(()) };
        let mut download = state.resume(file);
        let fetched = self.fetch(&mut download, &mut state.transfer).await;
        let kept = match fetched {
            Ok(()) if !download.is_what_was_named() => return Err(hash_wrong()),
            Ok(()) => self.keep_fetched(&download).await,
            Err(failure) => Err(failure),
        };
        if kept.is_err() {
            state.put_by(download);
        }
        kept
    }

    /// Fetches to the end.
    async fn fetch(
        &self,
        download: &mut Download<D::File>,
        transfer: &mut Transfer,
    ) -> Result<(), Failure> {
        if download.bytes == download.file.bytes {
            return Ok(());
        }
        let direction = Direction::Fetch { offset: download.bytes, ask: false };
        let wanted = Wanted { file: download.file.clone(), direction };
        transfer.abandon();
        transfer.handle_input(self.host.now_ms(), Input::Want(vec![wanted]));
        transfer.handle_input(self.host.now_ms(), Input::Wake);
        loop {
            let input = match transfer.poll_output() {
                Some(Output::Fetch { request, bytes_max, patience_ms, .. }) => {
                    match self.fetch_slice(download, bytes_max, patience_ms).await {
                        Ok(()) => {
                            let (offset, bytes) = (download.bytes, download.file.bytes);
                            Input::Fetched { request, offset, bytes }
                        }
                        Err(failure) => Input::Failed { request, failure, offset: None },
                    }
                }
                Some(Output::Finished) => return Ok(()),
                Some(Output::PutBack(_, failure) | Output::GaveUp(failure)) => {
                    transfer.abandon();
                    return Err(away(failure));
                }
                None => {
                    let now_ms = self.host.now_ms();
                    let until_ms = transfer.next_deadline().unwrap_or(now_ms);
                    self.host.sleep(until_ms.saturating_sub(now_ms)).await;
                    Input::Tick
                }
                Some(_) => continue,
            };
            transfer.handle_input(self.host.now_ms(), input);
        }
    }

    async fn fetch_slice(
        &self,
        download: &mut Download<D::File>,
        bytes_max: u64,
        patience_ms: u64,
    ) -> Result<(), Failure> {
        let peer = self.network.vouched_peer().await?;
        let (from, file) = (download.bytes, &download.file);
        let until = file.bytes.min(from.saturating_add(bytes_max));
        let (base, token, transport) = (&peer.base, &peer.token, self.network.transport());
        let part = transport.slice(base, token, file.hash, from..until, patience_ms);
        let part = answered_in(&*self.host, patience_ms, part).await;
        let part = part.inspect_err(|failure| {
            if is_absence(failure) {
                self.network.forget(&peer);
            }
        })?;
        if part.bytes() != until - from {
            return Err(Failure::new(Code::BadAnswer, "the laptop sent another part of the file")
                .worth_retrying());
        }
        download.hasher.update(&read_part(&*self.host, &part).await?);
        download.parts.push(part);
        download.bytes = until;
        download.laptop = Some(peer.hello.device);
        Ok(())
    }

    async fn keep_fetched(&self, download: &Download<D::File>) -> Result<(), Failure> {
        let file = &download.file;
        let whole = D::File::join(&download.parts, shown_type(&file.media_type))?;
        self.copy
            .keep(file.hash, &whole, |copy| {
                copy.files.fetched(file, download.laptop);
                Ok(())
            })
            .await
    }
}

impl<F> Download<F> {
    fn is_what_was_named(&self) -> bool {
        self.file.hash.0 == *self.hasher.finalize().as_bytes()
    }
}

/// What somebody on another phone chose to attach is never to be opened as a page of this app.
fn shown_type(media_type: &str) -> &str {
    if is_safe_to_show(media_type) { media_type } else { "application/octet-stream" }
}

fn media_unknown() -> Failure {
    Failure::new(Code::MediaUnknown, "no record on this phone names this file")
}

fn hash_wrong() -> Failure {
    let message = "the laptop sent something other than this file: try again, or another laptop";
    Failure::new(Code::HashWrong, message).worth_retrying()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_sounds_and_films_keep_their_type() {
        for kept in ["image/jpeg", "image/webp", "audio/webm", "video/mp4"] {
            assert_eq!(shown_type(kept), kept);
        }
        for hidden in ["text/html", "image/svg+xml", "application/pdf", ""] {
            assert_eq!(shown_type(hidden), "application/octet-stream");
        }
    }

    #[test]
    fn of_begun_downloads_so_many_are_kept_and_the_oldest_leave() {
        let transfer = Transfer::new(limits::downloads(), 1);
        let mut downloads = DownloadState::<()> { transfer, begun: Vec::new() };
        let file = |n: u8| MediaRef { hash: ContentHash([n; 32]), ..named() };
        for n in 0..=DOWNLOADS_BEGUN_MAX as u8 {
            let mut begun = downloads.resume(file(n));
            begun.bytes = 7;
            downloads.put_by(begun);
        }
        assert_eq!(downloads.begun.len(), DOWNLOADS_BEGUN_MAX);
        assert_eq!(downloads.resume(file(0)).bytes, 0);
        assert_eq!(downloads.resume(file(1)).bytes, 7);
    }

    fn named() -> MediaRef {
        let (hash, media_type) = (ContentHash([0; 32]), "image/jpeg".into());
        MediaRef { hash, bytes: 9, media_type, name: "photo.jpg".into() }
    }
}
