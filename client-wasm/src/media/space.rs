//! Making room on the phone: files that a laptop has leave, their records stay.
//!
//! A file leaves only when a person asks, and only if the laptop that is there at this moment
//! answers that it holds it, and hashed it within a day. That laptop must also have every version
//! that names the file, at this moment and not by what is remembered of it, for a backup may have
//! come back there: to one that knows of no record, the file would be a stray.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use chasqui_shared::{
    Clock, Code, ContentHash, Failure, LogView, OfferResponse, Reply, Request, StoredRequest,
    limits::{HELD_MAX, RANGES_MAX, REQUEST_TIMEOUT_MS},
    offer,
};

use crate::{
    copy::working_copy::WorkingCopy,
    files::index::FileSum,
    host::Host,
    in_time::answered_in,
    laptops::transport::{Transport, away},
    limits::FREE_QUESTIONS_MAX,
    network::{Network, peer::Peer},
    records::ledger::Ledger,
    storage::disk::Disk,
};

/// The room that files take on this phone.
pub struct Space<D, T, H> {
    copy: Rc<WorkingCopy<D, H>>,
    network: Rc<Network<D, T, H>>,
    host: Rc<H>,
}

/// What a laptop answered of files that are to leave.
#[derive(Default)]
struct Leaving {
    /// It holds them, and hashed them.
    held: BTreeSet<ContentHash>,
    /// It has them, and did not come to hash them.
    unproven: BTreeSet<ContentHash>,
}

impl<D: Disk, T: Transport<D::File>, H: Host> Space<D, T, H> {
    /// Of this phone.
    pub fn new(copy: &Rc<WorkingCopy<D, H>>, network: &Rc<Network<D, T, H>>, host: &Rc<H>) -> Self {
        let (copy, network, host) = (copy.clone(), network.clone(), host.clone());
        Self { copy, network, host }
    }

    /// What [`Space::free`] may remove, if the laptop still holds it.
    pub async fn freeable(&self) -> Result<FileSum, Failure> {
        self.copy
            .with(|state| {
                let Ok(ledger) = state.ledger() else { return Ok(FileSum::default()) };
                let bound = media_beyond(ledger, Some(ledger.confirmed()));
                Ok(state.files.freeable(&bound).into_iter().map(|(_, bytes)| bytes).collect())
            })
            .await
    }

    /// Asks the laptop that is there which of these files it holds, and removes those that it
    /// names, in one transaction. What it was thought to hold and does not is to be sent again;
    /// what it did not come to hash stays for this time. Says what left, and whether anything is to
    /// be sent again.
    pub async fn free(&self) -> Result<(FileSum, bool), Failure> {
        let peer = self.network.vouched_peer().await.map_err(away)?;
        let asked = self.copy.with(|state| Ok(state.files.freeable(&BTreeSet::new()))).await?;
        let asked: Vec<_> = asked.into_iter().map(|(hash, _)| hash).collect();
        if asked.is_empty() {
            return Ok((FileSum::default(), false));
        }
        let there = self.ask_what_is_there(&peer).await.map_err(away)?;
        let Leaving { held, unproven } =
            self.ask_what_may_leave(&peer, &asked).await.map_err(away)?;
        let lacking =
            asked.into_iter().filter(|hash| !held.contains(hash) && !unproven.contains(hash));
        let (laptop, lacking) = (peer.hello.device, lacking.collect::<Vec<_>>());
        self.copy
            .change(|state| {
                let bound = media_beyond(state.ledger()?, Some(&there));
                let mut leave = state.files.freeable(&bound);
                leave.retain(|(hash, _)| held.contains(hash));
                leave.iter().for_each(|(hash, _)| {
                    state.files.note_held(*hash, laptop);
                    state.files.free(*hash);
                });
                lacking.iter().for_each(|hash| state.files.note_missing(*hash, laptop));
                let freed = leave.into_iter().map(|(_, bytes)| bytes).collect();
                Ok((true, (freed, !lacking.is_empty())))
            })
            .await
    }

    /// How far the laptop holds each log of this phone at this moment.
    async fn ask_what_is_there(&self, peer: &Peer) -> Result<Clock, Failure> {
        let asked = self.copy.with(|state| {
            let ledger = state.ledger()?;
            let Ok(mine) = ledger.log().clock();
            let Ok(question) = offer(ledger.log(), ledger.log_writer().writer(), None, Vec::new());
            Ok((mine, Request::Offer(question)))
        });
        let (mine, question) = asked.await?;
        let answered = self.network.transport().ask(&peer.base, &peer.token, &question);
        let answered = answered_in(&*self.host, REQUEST_TIMEOUT_MS, answered).await;
        match answered.inspect_err(|_| self.network.forget(peer))? {
            Reply::Offer(answer) => Ok(held_there(&mine, &answer)),
            _ => Err(Failure::new(Code::BadAnswer, "the laptop answered something else")
                .worth_retrying()),
        }
    }

    /// Which of these files the laptop holds and has hashed. It is asked again while it hashes, as
    /// often as is worth waiting.
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
                let answer = self.network.transport().held(&peer.base, &peer.token, &question);
                let answer = answered_in(&*self.host, REQUEST_TIMEOUT_MS, answer).await;
                let answer = answer.inspect_err(|_| self.network.forget(peer))?;
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
}

/// What of this phone's clock a laptop holds that answered so. Of a log that went two ways nothing
/// is, and nothing at all where it lacks more than an answer can say.
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
