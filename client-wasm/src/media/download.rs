//! Bringing a file from the laptop: slice by slice, over a wifi that breaks, and checked against its hash before it is kept.
//!
//! What came stays with this engine until the file is whole, so that neither a cut nor a second wish fetches a byte twice;
//! a restart begins anew. The parts are the browser's: in memory is one slice at a time, for the hash.

use chasqui_shared::{Code, ContentHash, DeviceId, Failure, MediaRef, Retry, is_safe_to_show};

use crate::{
    engine::Engine,
    host::Host,
    in_time::keeping_ms,
    laptops::transport::{Transport, away, is_absence},
    limits::{DOWNLOAD_FAILURES_MAX, DOWNLOADS_BEGUN_MAX},
    media::slice_size::SliceSize,
    storage::disk::{Disk, StoredFile},
};

/// What came so far of files, the oldest first; at most [`DOWNLOADS_BEGUN_MAX`].
pub struct Downloads<F> {
    begun: Vec<Download<F>>,
    slice: SliceSize,
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

impl<F> Default for Downloads<F> {
    fn default() -> Self {
        Self { begun: Vec::new(), slice: SliceSize::default() }
    }
}

impl<F> Downloads<F> {
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

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Brings a file that a shown record names to this phone; one file at a time, in the order of asking.
    ///
    /// Fails with `laptop_away`, `media_unknown` if neither a record nor the laptop knows it, `hash_wrong` if something else
    /// came, and as [`Engine::record`].
    pub async fn fetch_file(&self, hash: ContentHash) -> Result<(), Failure> {
        let mut downloads = self.downloads.lock().await;
        let file = {
            let mut slot = self.state.lock().await;
            let state = self.loaded(&mut slot).await?;
            if state.files.is_sound(hash) {
                return Ok(());
            }
            let now = self.host.wall_clock();
            state.named(hash, now).filter(|file| file.bytes > 0).ok_or_else(media_unknown)?
        };
        let mut download = downloads.resume(file);
        let fetched = self.fetch_slices(&mut download, &mut downloads.slice).await;
        let kept = match fetched {
            Ok(()) if !download.is_what_was_named() => return Err(hash_wrong()),
            Ok(()) => self.keep_fetched(&download).await,
            Err(failure) => Err(failure),
        };
        if kept.is_err() {
            downloads.put_by(download);
        }
        kept
    }

    /// Fetches to the end.
    async fn fetch_slices(
        &self,
        download: &mut Download<D::File>,
        slice: &mut SliceSize,
    ) -> Result<(), Failure> {
        let mut retry = Retry::new(u64::from(self.host.random()[0]));
        let mut failures = 0;
        while download.bytes < download.file.bytes {
            let (began_ms, from) = (self.host.now_ms(), download.bytes);
            let patience_ms = slice.patience_ms();
            match self.fetch_slice(download, *slice).await {
                Ok(()) => {
                    slice.arrived(download.bytes - from, self.host.now_ms() - began_ms);
                    retry.succeeded();
                    failures = 0;
                }
                Err(failure) => {
                    slice.failed(patience_ms, &failure);
                    failures += 1;
                    if !failure.retryable || failures == DOWNLOAD_FAILURES_MAX {
                        return Err(away(failure));
                    }
                    self.host.sleep(retry.failed()).await;
                }
            }
        }
        Ok(())
    }

    async fn fetch_slice(
        &self,
        download: &mut Download<D::File>,
        slice: SliceSize,
    ) -> Result<(), Failure> {
        let peer = self.vouched_peer().await?;
        let (from, file) = (download.bytes, &download.file);
        let until = file.bytes.min(from + slice.bytes());
        let (base, token, range) = (&peer.base, &peer.token, from..until);
        let part = self.transport.slice(base, token, file.hash, range, slice.patience_ms());
        let part = self.answered_in(slice.patience_ms(), part).await;
        let part = part.inspect_err(|failure| {
            if is_absence(failure) {
                self.forget(&peer);
            }
        })?;
        if part.bytes() != until - from {
            return Err(Failure::new(Code::BadAnswer, "the laptop sent another part of the file")
                .worth_retrying());
        }
        download.hasher.update(&self.read_part(&part).await?);
        download.parts.push(part);
        download.bytes = until;
        download.laptop = Some(peer.hello.device);
        Ok(())
    }

    async fn keep_fetched(&self, download: &Download<D::File>) -> Result<(), Failure> {
        let file = &download.file;
        let whole = D::File::join(&download.parts, shown_type(&file.media_type))?;
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        state.files.fetched(file, download.laptop);
        let keeping = state.keep(&self.disk, file.hash, &whole);
        if let Err(error) = self.stored_in(keeping_ms(file.bytes), keeping).await {
            *slot = None;
            return Err(error.into());
        }
        drop(slot);
        self.host.changed();
        Ok(())
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
        let mut downloads = Downloads::<()>::default();
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
