//! Sending files to the laptop that a conversation was just finished with, so that records always go first.
//!
//! A round asks what the laptop holds, then sends slices of a few files at once. Whatever goes wrong ends the round; the next one
//! asks again, and goes on at what is durable there. A file counts as held only by the laptop's answer to its last byte, or
//! by being named in [`HeldAnswer::held`](chasqui_shared::HeldAnswer).

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use chasqui_shared::{
    Begun, ContentHash, DeviceId, Failure, HeldQuestion, MediaRef, limits::HELD_MAX,
};
use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::{
    disk::{Disk, StoredFile},
    engine::Engine,
    host::Host,
    limits::UPLOADS_MAX,
    reach::Peer,
    transport::{BAD_ANSWER, Placed, Transport},
};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Runs for as long as the engine lives.
    pub(crate) async fn run_uploads(&self) {
        loop {
            self.uploads.wait().await;
            let (due, peer) = {
                let mut link = self.link.borrow_mut();
                (std::mem::take(&mut link.upload.due), link.peer.clone())
            };
            let Some(peer) = peer else { continue };
            let ended = self.upload_round(&peer, &due).await;
            let lost = ended.is_err();
            let now_ms = self.host.now_ms();
            self.change(|link| {
                if let Some(again_ms) = link.upload.ended(ended, now_ms) {
                    link.want(again_ms);
                }
                // The next conversation asks anew who answers.
                link.peer.take_if(|known| lost && known.base == peer.base);
            });
            self.bell.ring();
        }
    }

    /// A conversation was finished: the files of the records that it was about may follow.
    pub(crate) fn upload_after_records(&self, missing: BTreeSet<ContentHash>) {
        let mut link = self.link.borrow_mut();
        if self.host.now_ms() < link.upload.rest_until_ms {
            return;
        }
        link.upload.due = link.upload.offered.intersection(&missing).copied().collect();
        if !link.upload.due.is_empty() {
            self.uploads.ring();
        }
    }

    async fn upload_round(&self, peer: &Peer, due: &BTreeSet<ContentHash>) -> Result<(), Failure> {
        let mut queue = {
            let mut slot = self.state.lock().await;
            self.loaded(&mut slot).await?.files.missing_at(peer.hello.device)
        };
        queue.retain(|file| due.contains(&file.hash));
        let mut begun = self.ask_held(peer, &mut queue).await?;
        if queue.is_empty() {
            return Ok(());
        }
        self.change(|link| {
            link.upload.sort(&mut queue);
            let progress = &mut link.upload.progress;
            progress.total = queue.len() as u64;
            progress.total_bytes = queue.iter().map(|file| file.bytes).sum();
            progress.done_bytes = begun.values().map(|begun| begun.offset).sum();
        });
        let stop = Cell::new(false);
        let mut sends = queue.into_iter().map(|file| {
            let begun = begun.remove(&file.hash);
            self.send(peer, file, begun, due, &stop)
        });
        let mut flights: FuturesUnordered<_> = sends.by_ref().take(UPLOADS_MAX).collect();
        let mut ended = Ok(());
        while let Some(sent) = flights.next().await {
            if let Err(failure) = sent {
                stop.set(true);
                ended = ended.and(Err(failure));
            } else if !stop.get() && !self.has_newer(due) {
                flights.extend(sends.next());
            }
        }
        ended
    }

    /// Takes out of the queue what the laptop holds already; says what was begun and how far.
    async fn ask_held(
        &self,
        peer: &Peer,
        queue: &mut Vec<MediaRef>,
    ) -> Result<BTreeMap<ContentHash, Begun>, Failure> {
        let mut begun = BTreeMap::new();
        let mut held = BTreeSet::new();
        for files in queue.chunks(HELD_MAX) {
            let question = HeldQuestion { hashes: files.iter().map(|file| file.hash).collect() };
            let answer = self.transport.held(&peer.base, &peer.token, &question).await?;
            let asked = |hash| files.iter().find(|file| file.hash == hash);
            held.extend(answer.held.into_iter().filter(|hash| asked(*hash).is_some()));
            let fits = answer
                .begun
                .into_iter()
                .filter(|begun| asked(begun.hash).is_some_and(|file| begun.offset < file.bytes));
            begun.extend(fits.map(|begun| (begun.hash, begun)));
        }
        if !held.is_empty() {
            self.note_held(held.iter().copied(), peer.hello.device).await?;
            queue.retain(|file| !held.contains(&file.hash));
        }
        begun.retain(|hash, _| !held.contains(hash));
        let upload = &mut self.link.borrow_mut().upload;
        begun.values().for_each(|begun| upload.told(begun.hash, begun.offset));
        Ok(begun)
    }

    /// Sends a file, slice by slice, to its end or until it is to stop.
    async fn send(
        &self,
        peer: &Peer,
        file: MediaRef,
        begun: Option<Begun>,
        due: &BTreeSet<ContentHash>,
        stop: &Cell<bool>,
    ) -> Result<(), Failure> {
        let Some(bytes) = self.disk.file(file.hash).await? else {
            return self.note_lost(file.hash).await;
        };
        let mut at = begun.map(|begun| Placed { upload: begun.upload, offset: begun.offset });
        loop {
            let from = at.as_ref().map_or(0, |at| at.offset);
            let until = from + self.link.borrow().upload.slice_bytes();
            let began_ms = self.host.now_ms();
            let slice = bytes.slice(from, until.min(file.bytes))?;
            let placed = self.put_slice(peer, &file, at, slice).await;
            let placed = placed.inspect_err(|failure| {
                self.link.borrow_mut().upload.slice_failed(file.hash, failure);
            })?;
            let took_ms = self.host.now_ms() - began_ms;
            let whole = placed.offset == file.bytes;
            if whole {
                self.note_held([file.hash].into_iter(), peer.hello.device).await?;
            }
            self.change(|link| {
                link.upload.slice_arrived(took_ms);
                link.upload.progress.done_bytes += placed.offset - from;
                link.upload.progress.done += u64::from(whole);
            });
            if whole || stop.get() || self.has_newer(due) {
                return Ok(());
            }
            at = Some(placed);
        }
    }

    async fn put_slice(
        &self,
        peer: &Peer,
        file: &MediaRef,
        at: Option<Placed>,
        slice: D::File,
    ) -> Result<Placed, Failure> {
        let (base, token) = (&peer.base, &peer.token);
        let (least, placed) = match at {
            None => (0, self.transport.create(base, token, file, slice).await?),
            Some(Placed { upload, offset }) => {
                let to = self.transport.patch(base, token, &upload, offset, slice).await?;
                (offset + 1, Placed { upload, offset: to })
            }
        };
        if (least..=file.bytes).contains(&placed.offset) {
            Ok(placed)
        } else {
            Err(Failure::passing(BAD_ANSWER, "the laptop took something else than was sent"))
        }
    }

    /// Whether a conversation brought files that this round knows nothing of; they may be smaller.
    fn has_newer(&self, due: &BTreeSet<ContentHash>) -> bool {
        !self.link.borrow().upload.due.is_subset(due)
    }

    async fn note_held(
        &self,
        files: impl Iterator<Item = ContentHash>,
        laptop: DeviceId,
    ) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        files.for_each(|file| state.files.note_held(file, laptop));
        self.commit(&mut slot).await?;
        self.host.changed();
        Ok(())
    }

    /// The browser lost the file.
    async fn note_lost(&self, file: ContentHash) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        self.loaded(&mut slot).await?.files.note_lost(file);
        self.commit(&mut slot).await?;
        self.host.changed();
        Ok(())
    }
}
