//! Making room on the phone: files that a laptop has leave, their records stay.
//!
//! A file leaves only when a person asks, and only if the laptop that is there at this moment answers that it holds it, and
//! hashed it within a day. That laptop must also have every version that names the file, at this moment and not by what is
//! remembered of it, for a backup may have come back there: to one that knows of no record, the file would be a stray.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Clock, Code, ContentHash, Failure, LogView, OfferResponse, Reply, Request, StoredRequest,
    limits::{HELD_MAX, RANGES_MAX, REQUEST_TIMEOUT_MS},
    offer,
};

use crate::{
    engine::Engine,
    host::Host,
    laptops::{
        reach::Peer,
        transport::{Transport, away},
    },
    limits::FREE_QUESTIONS_MAX,
    media::files::FileSum,
    records::ledger::Ledger,
    storage::disk::Disk,
};

/// What a laptop answered of files that are to leave.
#[derive(Default)]
struct Leaving {
    /// It holds them, and hashed them.
    held: BTreeSet<ContentHash>,
    /// It has them, and did not come to hash them.
    unproven: BTreeSet<ContentHash>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// What [`Engine::free_space`] may remove, if the laptop still holds it.
    pub async fn freeable(&self) -> Result<FileSum, Failure> {
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let Ok(ledger) = state.ledger() else { return Ok(FileSum::default()) };
        let bound = media_beyond(ledger, Some(ledger.confirmed()));
        Ok(state.files.freeable(&bound).into_iter().map(|(_, bytes)| bytes).collect())
    }

    /// Asks the laptop that is there which of these files it holds, and removes those that it names, in one transaction. What
    /// it was thought to hold and does not is sent again; what it did not come to hash stays for this time.
    ///
    /// Fails with `laptop_away`, and as [`Engine::record`]; nothing is removed then.
    pub async fn free_space(&self) -> Result<FileSum, Failure> {
        let peer = self.vouched_peer().await.map_err(away)?;
        let asked = {
            let mut slot = self.state.lock().await;
            let state = self.loaded(&mut slot).await?;
            state.files.freeable(&BTreeSet::new())
        };
        let asked: Vec<_> = asked.into_iter().map(|(hash, _)| hash).collect();
        if asked.is_empty() {
            return Ok(FileSum::default());
        }
        let there = self.ask_what_is_there(&peer).await.map_err(away)?;
        let Leaving { held, unproven } =
            self.ask_what_may_leave(&peer, &asked).await.map_err(away)?;
        let mut slot = self.state.lock().await;
        let state = self.loaded(&mut slot).await?;
        let laptop = peer.hello.device;
        let bound = media_beyond(state.ledger()?, Some(&there));
        let (mut leave, mut stay) = (state.files.freeable(&bound), Vec::new());
        leave.retain(|(hash, _)| held.contains(hash));
        stay.extend(
            asked.into_iter().filter(|hash| !held.contains(hash) && !unproven.contains(hash)),
        );
        leave.iter().for_each(|(hash, _)| {
            state.files.note_held(*hash, laptop);
            state.files.free(*hash);
        });
        stay.iter().for_each(|hash| state.files.note_missing(*hash, laptop));
        self.commit(&mut slot).await?;
        drop(slot);
        self.host.changed();
        if !stay.is_empty() {
            self.wake();
        }
        Ok(leave.into_iter().map(|(_, bytes)| bytes).collect())
    }

    /// How far the laptop holds each log of this phone at this moment.
    async fn ask_what_is_there(&self, peer: &Peer) -> Result<Clock, Failure> {
        let (mine, question) = {
            let mut slot = self.state.lock().await;
            let ledger = self.loaded(&mut slot).await?.ledger()?;
            let Ok(mine) = ledger.log().clock();
            let Ok(question) = offer(ledger.log(), ledger.log_writer().writer(), None, Vec::new());
            (mine, Request::Offer(question))
        };
        let answered = self.transport.ask(&peer.base, &peer.token, &question);
        let answered = self.answered_in(REQUEST_TIMEOUT_MS, answered).await;
        match answered.inspect_err(|_| self.forget(peer))? {
            Reply::Offer(answer) => Ok(held_there(&mine, &answer)),
            _ => Err(Failure::new(Code::BadAnswer, "the laptop answered something else")
                .worth_retrying()),
        }
    }

    /// Which of these files the laptop holds and has hashed. It is asked again while it hashes, as often as is worth waiting.
    async fn ask_what_may_leave(
        &self,
        peer: &Peer,
        files: &[ContentHash],
    ) -> Result<Leaving, Failure> {
        let mut leaving = Leaving::default();
        for part in files.chunks(HELD_MAX) {
            let mut hashes = part.to_vec();
            for _ in 0..FREE_QUESTIONS_MAX {
                let question = StoredRequest { hashes: hashes.clone(), to_free: true };
                let answer = self.transport.held(&peer.base, &peer.token, &question);
                let answer = self.answered_in(REQUEST_TIMEOUT_MS, answer).await;
                let answer = answer.inspect_err(|_| self.forget(peer))?;
                leaving.held.extend(answer.held.iter().filter(|hash| hashes.contains(hash)));
                hashes.retain(|hash| answer.unproven.contains(hash));
                if hashes.is_empty() {
                    break;
                }
            }
            leaving.unproven.extend(hashes);
        }
        Ok(leaving)
    }

    /// Which of these files a laptop says that it holds.
    pub(crate) async fn ask_which_held(
        &self,
        peer: &Peer,
        files: &[ContentHash],
    ) -> Result<BTreeSet<ContentHash>, Failure> {
        let mut held = BTreeSet::new();
        for hashes in files.chunks(HELD_MAX) {
            let question = StoredRequest { hashes: hashes.to_vec(), to_free: false };
            let answer = self.transport.held(&peer.base, &peer.token, &question);
            let answer = self.answered_in(REQUEST_TIMEOUT_MS, answer).await;
            // A laptop that went away is looked for anew the next time.
            held.extend(answer.inspect_err(|_| self.forget(peer))?.held);
        }
        let asked: BTreeSet<_> = files.iter().copied().collect();
        Ok(&held & &asked)
    }
}

/// What of this phone's clock a laptop holds that answered so. Of a log that went two ways nothing is, and nothing at all
/// where it lacks more than an answer can say.
fn held_there(mine: &Clock, answer: &OfferResponse) -> Clock {
    let mut there = Clock::default();
    if answer.clock_wanted || answer.wanted.len() >= RANGES_MAX || answer.forks.len() >= RANGES_MAX
    {
        return there;
    }
    let lacked = answer.wanted.iter().map(|range| (range.writer, range.after));
    let lacked: BTreeMap<_, _> = lacked.collect();
    for (writer, position) in mine.iter() {
        if answer.forks.iter().any(|fork| fork.writer == writer) {
            continue;
        }
        let held = lacked.get(&writer).copied().unwrap_or(position);
        if held.seq > 0 {
            there.set(writer, held);
        }
    }
    there
}

/// The files that versions name which somebody with this clock does not have.
fn media_beyond(ledger: &Ledger, clock: Option<&Clock>) -> BTreeSet<ContentHash> {
    let beyond = ledger.log().logs().flat_map(|(writer, _, entries)| {
        let seq = clock.map_or(0, |clock| ledger.seq_held(clock, writer));
        entries.iter().skip(usize::try_from(seq).unwrap_or(usize::MAX))
    });
    let versions = beyond.filter_map(|logged| logged.entry.version.decode_admitted().ok());
    versions.flat_map(|version| version.media).map(|media| media.hash).collect()
}
