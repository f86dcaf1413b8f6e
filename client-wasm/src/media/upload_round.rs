//! Carrying out a round of uploads: what the transfer says is asked and sent, and what came of it
//! is kept and told.

use std::{cell::RefCell, collections::BTreeMap, pin::pin};

use chasqui_shared::{
    Code, ContentHash, Failure, MediaRef, StoredRequest,
    transfer::{Input, Output, Placed},
};
use futures_util::{
    future::{Either, FutureExt, LocalBoxFuture, pending, select},
    stream::{FuturesUnordered, StreamExt},
};

use crate::{
    files::index::Files,
    host::Host,
    in_time::hash_of,
    laptops::transport::Transport,
    limits::TIMER_GRACE_MS,
    media::uploads::{Ended, Uploads},
    network::peer::Peer,
    storage::disk::{Disk, StoredFile},
};

/// Slices and questions on their way.
type Flights<'a> = FuturesUnordered<LocalBoxFuture<'a, Input>>;

/// The files that are being sent.
type Sources<F> = RefCell<BTreeMap<ContentHash, F>>;

impl<D: Disk, T: Transport<D::File>, H: Host> Uploads<D, T, H> {
    /// Waits until files are wanted, and sends what can be sent.
    pub async fn round(&self) -> Ended {
        self.due.wait().await;
        let laptop = self.state.read(|state| state.laptop);
        let peer = self.network.peer().filter(|peer| Some(peer.hello.device) == laptop);
        let Some(peer) = peer else { return Ended::default() };
        self.state.change(|state| state.began(self.host.now_ms()));
        let sources = Sources::default();
        let mut flights = Flights::new();
        let mut put_back = None;
        loop {
            while let Some(output) = self.state.change(|state| state.transfer.poll_output()) {
                match output {
                    Output::Ask { request, hashes } => {
                        flights.push(self.ask(&peer, request, hashes).boxed_local());
                    }
                    Output::Send { .. } => {
                        flights.push(self.send(&peer, &sources, output).boxed_local());
                    }
                    Output::Arrived(file) => drop(sources.borrow_mut().remove(&file.hash)),
                    Output::PutBack(file, failure) => {
                        sources.borrow_mut().remove(&file.hash);
                        put_back.get_or_insert(failure);
                    }
                    Output::Finished => return self.ended(put_back, None),
                    Output::Interrupted(failure) | Output::GaveUp(failure) => {
                        self.network.forget(&peer);
                        if failure.code == Code::Timeout {
                            // What else it is asked on the same wifi would wait far longer.
                            self.network.lose();
                        }
                        return self.ended(put_back, Some(failure));
                    }
                    Output::Fetch { .. } => {}
                }
            }
            let input = self.next_input(&mut flights).await;
            let is_answered = matches!(input, Input::Answered(..));
            let now_ms = self.host.now_ms();
            self.state.change(|state| {
                state.transfer.handle_input(now_ms, input);
                if is_answered {
                    state.note_asked();
                }
            });
        }
    }

    fn ended(&self, put_back: Option<Failure>, broken: Option<Failure>) -> Ended {
        let now_ms = self.host.now_ms();
        self.state.change(|state| state.ended(now_ms, put_back, broken))
    }

    /// What comes of the next request, or that there may be something to do.
    async fn next_input(&self, flights: &mut Flights<'_>) -> Input {
        let (wanted, late) = (pin!(self.due.wait()), pin!(self.deadline()));
        match select(pin!(next_of(flights)), select(wanted, late)).await {
            Either::Left((input, _)) => input,
            Either::Right(_) => Input::Tick,
        }
    }

    async fn deadline(&self) {
        match self.state.read(|state| state.transfer.next_deadline()) {
            Some(until_ms) => {
                self.host.sleep(until_ms.saturating_sub(self.host.now_ms())).await;
                // A worker that computed until then finds its timer due before an answer that came
                // meanwhile.
                self.host.sleep(TIMER_GRACE_MS).await;
            }
            None => pending().await,
        }
    }

    async fn ask(&self, peer: &Peer, request: u64, hashes: Vec<ContentHash>) -> Input {
        let question = StoredRequest { hashes, to_free: false };
        let transport = self.network.transport();
        let answered = async {
            let answer = transport.held(&peer.base, &peer.token, &question).await?;
            let laptop = peer.hello.device;
            self.note(|files| {
                for hash in &question.hashes {
                    if answer.held.contains(hash) {
                        files.note_held(*hash, laptop);
                    } else {
                        files.note_missing(*hash, laptop);
                    }
                }
            })
            .await?;
            Ok(answer)
        };
        match answered.await {
            Ok(answer) => Input::Answered(request, answer),
            Err(failure) => Input::Failed { request, failure, offset: None },
        }
    }

    async fn send(&self, peer: &Peer, sources: &Sources<D::File>, output: Output) -> Input {
        let Output::Send { request, file, at, bytes_max, patience_ms } = output else {
            return Input::Tick;
        };
        let sent = self.send_slice(peer, sources, &file, at, bytes_max, patience_ms).await;
        match sent {
            Ok(Some(at)) => Input::Sent { request, at, bytes: file.bytes },
            Ok(None) => Input::Dropped(request),
            Err(failure) => Input::Failed { request, failure, offset: None },
        }
    }

    /// Sends a slice of a file; `None` if the file is not to be sent any more. One is that the
    /// browser lost, or that is not what was taken.
    async fn send_slice(
        &self,
        peer: &Peer,
        sources: &Sources<D::File>,
        file: &MediaRef,
        at: Option<Placed>,
        bytes_max: u64,
        patience_ms: u64,
    ) -> Result<Option<Placed>, Failure> {
        let Some(bytes) = self.source(sources, file).await? else { return Ok(None) };
        let from = at.as_ref().map_or(0, |at| at.offset);
        let slice = bytes.slice(from, from.saturating_add(bytes_max))?;
        let (base, token, transport) = (&peer.base, &peer.token, self.network.transport());
        let placed = match at {
            None => transport.create(base, token, file, slice, patience_ms).await,
            Some(Placed { upload, offset }) => {
                let sent = transport.patch(base, token, &upload, offset, slice, patience_ms).await;
                sent.map(|offset| Placed { upload, offset })
            }
        };
        match placed {
            Ok(placed) => {
                if placed.offset == file.bytes {
                    let laptop = peer.hello.device;
                    self.note(|files| files.note_held(file.hash, laptop)).await?;
                }
                Ok(Some(placed))
            }
            Err(failure) if self.is_damaged(file, &bytes, &failure).await? => {
                self.note(|files| files.note_damaged(file.hash)).await?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// The bytes of a file, if it is here and is to be sent.
    async fn source(
        &self,
        sources: &Sources<D::File>,
        file: &MediaRef,
    ) -> Result<Option<D::File>, Failure> {
        let hash = file.hash;
        let known = sources.borrow().get(&hash).cloned();
        if known.is_some() {
            return Ok(known);
        }
        if !self.copy.with(|state| Ok(state.files.is_sound(hash))).await? {
            return Ok(None);
        }
        match self.copy.file(hash).await? {
            None => self.note(|files| files.note_lost(hash)).await.map(|()| None),
            Some(bytes) if bytes.bytes() != file.bytes => {
                self.note(|files| files.note_damaged(hash)).await.map(|()| None)
            }
            Some(bytes) => {
                sources.borrow_mut().insert(hash, bytes.clone());
                Ok(Some(bytes))
            }
        }
    }

    /// Whether a file was refused because its bytes here are not what was taken. Each file is read
    /// for this once.
    async fn is_damaged(
        &self,
        file: &MediaRef,
        bytes: &D::File,
        refused: &Failure,
    ) -> Result<bool, Failure> {
        let is_checked = self.state.read(|state| state.checked.contains(&file.hash));
        if refused.code != Code::HashWrong || is_checked {
            return Ok(false);
        }
        let is_sound = hash_of(&*self.host, bytes).await? == file.hash;
        if is_sound {
            self.state.change(|state| state.checked.insert(file.hash));
        }
        Ok(!is_sound)
    }

    /// Keeps what was learned of files.
    async fn note(&self, learned: impl FnOnce(&mut Files)) -> Result<(), Failure> {
        self.copy
            .change(|state| {
                learned(&mut state.files);
                Ok((state.files.is_changed(), ()))
            })
            .await
    }
}

/// What comes of the next one that ends; nothing if there is none.
async fn next_of(flights: &mut Flights<'_>) -> Input {
    match flights.next().await {
        Some(input) => input,
        None => pending().await,
    }
}
