//! Sending files to the laptop that a conversation was just finished with, so that records always go first.
//!
//! A round asks what the laptop holds, then sends slices of a few files at once. Whatever goes wrong ends the round; the next one
//! asks again, and goes on at what is durable there. A file counts as held only by the laptop's answer to its last byte, or
//! by being named in [`StoredResponse::held`](chasqui_shared::StoredResponse).

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use chasqui_shared::{
    Begun, Code, ContentHash, DeviceId, Failure, MediaRef, StoredRequest,
    limits::{HELD_MAX, REQUEST_TIMEOUT_MS},
};
use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::{
    engine::Engine,
    host::Host,
    laptops::{
        reach::Peer,
        transport::{Placed, Transport},
    },
    limits::UPLOADS_MAX,
    media::{files::Files, upload_state::Due},
    storage::disk::{Disk, StoredFile},
};

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Runs for as long as the engine lives.
    pub(crate) async fn run_uploads(&self) {
        loop {
            self.uploads.wait().await;
            let (due, peer) = {
                let mut link = self.link.borrow_mut();
                (link.upload.due.take(), link.peer.clone())
            };
            let (Some(due), Some(peer)) = (due, peer) else { continue };
            if due.laptop != peer.hello.device {
                continue;
            }
            let ended = self.upload_round(&peer, &due).await;
            if let Err(failure) = &ended {
                self.forget(&peer);
                if failure.code == Code::Timeout {
                    // What else it is asked on the same wifi would wait far longer.
                    self.lost.notify();
                }
            }
            let now_ms = self.host.now_ms();
            self.change(|link| {
                if let Some(again_ms) = link.upload.ended(ended, now_ms) {
                    link.want(again_ms);
                }
            });
            self.sync_wanted.notify();
        }
    }

    /// A conversation with this laptop was finished: the files of the records that it was about may follow. The first time, it
    /// is also asked about the files that it once said to hold: it may have lost some.
    pub(crate) fn upload_after_records(&self, laptop: DeviceId, files: &Files) {
        let mut link = self.link.borrow_mut();
        if self.host.now_ms() < link.upload.rest_until_ms {
            return;
        }
        let mut due: BTreeSet<_> =
            files.missing_at(laptop).into_iter().map(|file| file.hash).collect();
        if !link.upload.asked.contains(&laptop) {
            due.extend(files.shared_with(laptop));
        }
        due.retain(|file| link.upload.offered.contains(file));
        link.upload.due = Some(Due { laptop, files: due }).filter(|due| !due.files.is_empty());
        if link.upload.due.is_some() {
            self.uploads.notify();
        }
    }

    async fn upload_round(&self, peer: &Peer, due: &Due) -> Result<(), Failure> {
        if !self.link.borrow().upload.asked.contains(&due.laptop) {
            self.ask_again(peer).await?;
            self.link.borrow_mut().upload.asked.insert(due.laptop);
        }
        let mut queue = {
            let mut slot = self.state.lock().await;
            self.loaded(&mut slot).await?.files.missing_at(due.laptop)
        };
        queue.retain(|file| due.files.contains(&file.hash));
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
            } else if !stop.get() && !self.link.borrow().upload.has_newer(due) {
                flights.extend(sends.next());
            }
        }
        ended
    }

    /// Asks about the files that the laptop once said to hold; what it no longer names is as if it never had it.
    async fn ask_again(&self, peer: &Peer) -> Result<(), Failure> {
        let laptop = peer.hello.device;
        let shared = {
            let mut slot = self.state.lock().await;
            self.loaded(&mut slot).await?.files.shared_with(laptop)
        };
        let held = self.ask_which_held(peer, &shared).await?;
        let lost: Vec<_> = shared.into_iter().filter(|file| !held.contains(file)).collect();
        if lost.is_empty() {
            return Ok(());
        }
        self.note(|files| lost.iter().for_each(|file| files.note_missing(*file, laptop))).await
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
            let hashes = files.iter().map(|file| file.hash).collect();
            let question = StoredRequest { hashes, to_free: false };
            let answer = self.transport.held(&peer.base, &peer.token, &question);
            let answer = self.answered_in(REQUEST_TIMEOUT_MS, answer).await?;
            let asked = |hash| files.iter().find(|file| file.hash == hash);
            held.extend(answer.held.into_iter().filter(|hash| asked(*hash).is_some()));
            let fits = answer
                .begun
                .into_iter()
                .filter(|begun| asked(begun.hash).is_some_and(|file| begun.offset < file.bytes));
            begun.extend(fits.map(|begun| (begun.hash, begun)));
        }
        if !held.is_empty() {
            let laptop = peer.hello.device;
            self.note(|files| held.iter().for_each(|file| files.note_held(*file, laptop))).await?;
            queue.retain(|file| !held.contains(&file.hash));
        }
        begun.retain(|hash, _| !held.contains(hash));
        let upload = &mut self.link.borrow_mut().upload;
        begun.values().for_each(|begun| upload.told(begun.hash, begun.offset));
        Ok(begun)
    }

    /// Sends a file to its end, or until it is to stop. One that is not what was taken is not sent any more, and stops nobody.
    async fn send(
        &self,
        peer: &Peer,
        file: MediaRef,
        begun: Option<Begun>,
        due: &Due,
        stop: &Cell<bool>,
    ) -> Result<(), Failure> {
        let Some(bytes) = self.stored_file(file.hash).await? else {
            return self.note(|files| files.note_lost(file.hash)).await;
        };
        let at = begun.map(|begun| Placed { upload: begun.upload, offset: begun.offset });
        let done_bytes = at.as_ref().map_or(0, |at| at.offset);
        self.change(|link| link.upload.began(&file, done_bytes));
        let sent = self.send_slices(peer, &file, &bytes, at, due, stop).await;
        self.change(|link| link.upload.stopped(file.hash));
        match sent {
            Err(failure) if self.is_damaged(&file, &bytes, &failure).await? => {
                self.note(|files| files.note_damaged(file.hash)).await
            }
            sent => sent,
        }
    }

    async fn send_slices(
        &self,
        peer: &Peer,
        file: &MediaRef,
        bytes: &D::File,
        mut at: Option<Placed>,
        due: &Due,
        stop: &Cell<bool>,
    ) -> Result<(), Failure> {
        loop {
            let from = at.as_ref().map_or(0, |at| at.offset);
            let size = self.link.borrow().upload.slice;
            let until = file.bytes.min(from + size.bytes());
            let began_ms = self.host.now_ms();
            let slice = bytes.slice(from, until)?;
            let patience_ms = size.patience_ms();
            let placed = self.put_slice(peer, file, at, slice, patience_ms).await;
            let placed = placed.inspect_err(|failure| {
                self.link.borrow_mut().upload.slice_failed(file.hash, patience_ms, failure);
            })?;
            let took_ms = self.host.now_ms() - began_ms;
            let whole = placed.offset == file.bytes;
            if whole {
                let laptop = peer.hello.device;
                self.note(|files| files.note_held(file.hash, laptop)).await?;
            }
            self.change(|link| {
                link.upload.slice.arrived(until - from, took_ms);
                link.upload.moved(file.hash, placed.offset - from);
                link.upload.progress.done += u64::from(whole);
            });
            if whole || stop.get() || self.link.borrow().upload.has_newer(due) {
                return Ok(());
            }
            at = Some(placed);
        }
    }

    /// Whether a file was refused because its bytes here are not what was taken. Each file is read for this once.
    async fn is_damaged(
        &self,
        file: &MediaRef,
        bytes: &D::File,
        refused: &Failure,
    ) -> Result<bool, Failure> {
        if bytes.bytes() != file.bytes {
            return Ok(true);
        }
        if refused.code != Code::HashWrong || self.link.borrow().upload.checked.contains(&file.hash)
        {
            return Ok(false);
        }
        let is_sound = self.hash_of(bytes).await? == file.hash;
        if is_sound {
            self.link.borrow_mut().upload.checked.insert(file.hash);
        }
        Ok(!is_sound)
    }

    async fn put_slice(
        &self,
        peer: &Peer,
        file: &MediaRef,
        at: Option<Placed>,
        slice: D::File,
        patience_ms: u64,
    ) -> Result<Placed, Failure> {
        let (base, token) = (&peer.base, &peer.token);
        let (least, placed) = match at {
            None => {
                let placed = self.transport.create(base, token, file, slice, patience_ms);
                (0, self.answered_in(patience_ms, placed).await?)
            }
            Some(Placed { upload, offset }) => {
                let to = self.transport.patch(base, token, &upload, offset, slice, patience_ms);
                let to = self.answered_in(patience_ms, to).await?;
                (offset + 1, Placed { upload, offset: to })
            }
        };
        if (least..=file.bytes).contains(&placed.offset) {
            Ok(placed)
        } else {
            let message = "the laptop took something else than was sent";
            Err(Failure::new(Code::BadAnswer, message).worth_retrying())
        }
    }

    /// Keeps what was learned of files.
    async fn note(&self, learned: impl FnOnce(&mut Files)) -> Result<(), Failure> {
        let mut slot = self.state.lock().await;
        learned(&mut self.loaded(&mut slot).await?.files);
        self.commit(&mut slot).await?;
        self.host.changed();
        Ok(())
    }
}
