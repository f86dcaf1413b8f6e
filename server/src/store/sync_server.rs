//! The answering side of the sync conversation over this store. The rules are those of
//! `chasqui_shared`.

use std::sync::Arc;

use chasqui_shared::{
    Admission, Batch, BatchResponse, DeviceId, Epoch, LogView, Notice, Offer, OfferResponse,
    Position, RespondError, Role, Run, Timestamp, WantedRequest, WriterId, respond_to_batch,
    respond_to_offer, respond_to_wanted, verify_chain,
};

use super::{
    error::StoreError,
    handle::Store,
    log::{read_log::ReadLog, write_log::WriteLog},
    open::identity::random,
    people::peers::LastSync,
};
use crate::system::wall_clock;

/// Who brings what is taken, as far as this laptop let them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The device; absent where another laptop is asked by this one, or the manager at this machine
    /// brings it.
    pub device: Option<DeviceId>,
    /// What it may do here.
    pub role: Role,
}

impl Sender {
    /// Another laptop that this one asks, or the manager at this machine.
    pub const MANAGER: Self = Self { device: None, role: Role::Manager };
}

impl Store {
    /// Answers an offer, and remembers what the other side said of itself and what a manager should
    /// know of it.
    pub async fn offer(
        &self,
        offer: Offer,
        sender: Sender,
    ) -> Result<OfferResponse, RespondError<StoreError>> {
        let writer = offer.writer;
        let (answer, meeting) = self
            .read(move |view| {
                let answer = respond_to_offer(view, &offer)?;
                let meeting = meeting(view, &offer, &answer)?;
                Ok::<_, RespondError<StoreError>>((answer, meeting))
            })
            .await?;
        if let Some(meeting) = meeting {
            self.inner.peers().met(writer, meeting);
        }
        let lost = answer.lost.then_some(Notice::LogLost { writer });
        // A suspect that is not held here has its start alone.
        let forked = answer.forks.iter().filter(|fork| fork.positions.len() > 1);
        let forked = forked.map(|fork| Notice::LogForked { writer: fork.writer });
        let mut new: Vec<_> = lost.into_iter().chain(forked).collect();
        let now = wall_clock::now();
        new.retain(|notice| !self.inner.notices().holds(notice, sender.device, now));
        if !new.is_empty() {
            self.write(0, move |log| {
                new.iter().for_each(|notice| log.note_of(notice.clone(), sender.device));
                Ok(())
            })
            .await?;
        }
        Ok(answer)
    }

    /// Compares the clock that another side told with this laptop's. Nothing is ordered by either.
    pub async fn told_time(
        &self,
        writer: WriterId,
        theirs: Timestamp,
        sender: Sender,
    ) -> Result<(), StoreError> {
        let mine = wall_clock::now();
        self.inner.peers().told_time(writer, theirs.as_millis() - mine.as_millis());
        match Notice::of_clock(writer, theirs, mine) {
            Some(notice) if !self.inner.notices().holds(&notice, sender.device, mine) => {
                self.write(0, move |log| {
                    log.note_of(notice.clone(), sender.device);
                    Ok(())
                })
                .await
            }
            _ => Ok(()),
        }
    }

    /// Remembers which paired device asked as the owner of this log.
    pub fn asked_by(&self, writer: WriterId, device: DeviceId) {
        self.inner.peers().asked_by(writer, device);
    }

    /// Takes a batch; returns after its commit.
    pub async fn push(
        &self,
        batch: Batch,
        sender: Sender,
    ) -> Result<BatchResponse, RespondError<StoreError>> {
        let batch = Arc::new(batch);
        let to_verify = batch.clone();
        let verified = self.read(move |view| is_signed(view, &to_verify)).await?;
        let fresh_epoch = Epoch(random()?);
        let answered = self
            .write(batch.entries(), move |log| take(log, &batch, !verified, fresh_epoch, sender))
            .await?;
        answered.map_err(RespondError::Refused)
    }

    /// Reads what another side asked for, up to the limits of a batch.
    pub async fn changes(
        &self,
        question: WantedRequest,
    ) -> Result<Batch, RespondError<StoreError>> {
        let sender = self.committed().owner.writer();
        self.read(move |view| respond_to_wanted(view, sender, &question)).await
    }
}

/// Takes a batch inside a transaction. What the other side did wrong is an answer, not an error.
pub(super) fn take(
    log: &mut WriteLog<'_>,
    batch: &Batch,
    verify: bool,
    fresh_epoch: Epoch,
    sender: Sender,
) -> Result<Result<BatchResponse, chasqui_shared::Failure>, StoreError> {
    let mut log_writer = log.log_writer().clone();
    let mut admission =
        Admission { verify, log_writer: &mut log_writer, fresh_epoch, brought_by: sender.role };
    let newcomers = newcomers(log, batch)?;
    let answered = respond_to_batch(log, &mut admission, batch);
    log.set_log_writer(log_writer);
    match answered {
        Ok(answer) => {
            let came = answer.runs.iter().filter(|run| run.added > 0).map(|run| run.writer);
            let came = came.filter(|writer| newcomers.contains(writer));
            let came = came.map(|writer| Notice::DeviceNew { writer });
            let noticed: Vec<_> = came.chain(answer.runs.iter().flat_map(Notice::of_run)).collect();
            noticed.into_iter().for_each(|notice| log.note_of(notice, sender.device));
            Ok(Ok(answer))
        }
        Err(RespondError::Refused(failure)) => Ok(Err(failure)),
        Err(RespondError::Store(error)) => Err(error),
    }
}

/// The logs in the batch that their own devices bring, where no log of that device is held.
fn newcomers(log: &WriteLog<'_>, batch: &Batch) -> Result<Vec<WriterId>, StoreError> {
    let mut newcomers = Vec::new();
    for run in batch.runs.iter().filter(|run| run.writer == batch.writer && run.after.seq == 0) {
        let Some(owner) = run.owner.filter(|owner| owner.writer() == run.writer) else { continue };
        if log.logs_of(owner.device)? == 0 {
            newcomers.push(run.writer);
        }
    }
    Ok(newcomers)
}

/// Whether every entry of the batch is signed by the device of its log.
///
/// A log whose owner is not known will be refused; it counts as not signed, and is judged again
/// there.
pub(super) fn is_signed(view: &ReadLog, batch: &Batch) -> Result<bool, StoreError> {
    for run in &batch.runs {
        let owner = match run.owner {
            Some(owner) => Some(owner),
            None => view.owner(run.writer)?,
        };
        let Some(owner) = owner.filter(|owner| owner.writer() == run.writer) else {
            return Ok(false);
        };
        let chains: Vec<_> = run.chains(view.project(), owner).collect();
        if !verify_on_all_cores(run, owner.device, &chains) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Signatures cost more than all else that is done with an entry.
fn verify_on_all_cores(
    run: &Run,
    device: chasqui_shared::DeviceId,
    chains: &[chasqui_shared::Chain],
) -> bool {
    let verify = |part: (&[chasqui_shared::RunEntry], &[chasqui_shared::Chain])| {
        part.0.iter().zip(part.1).all(|(sent, chain)| {
            verify_chain(device, *chain, sent.origin.as_ref(), &sent.signature)
        })
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let size = run.entries.len().div_ceil(cores).max(32);
    let parts = run.entries.chunks(size).zip(chains.chunks(size));
    std::thread::scope(|scope| {
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || verify(part))).collect();
        parts.into_iter().all(|part| part.join().unwrap_or(false))
    })
}

/// What an offer says of the side that made it; `None` if it has to say more first.
fn meeting(
    view: &ReadLog,
    offer: &Offer,
    answer: &OfferResponse,
) -> Result<Option<LastSync>, StoreError> {
    if answer.clock_wanted {
        return Ok(None);
    }
    let own = view.position(offer.writer)?;
    let told = match (&offer.clock, &offer.since) {
        (Some(clock), _) => Some(clock.get(offer.writer).unwrap_or(Position::START)),
        (None, Some(since)) => since.moved.get(offer.writer),
        (None, None) => None,
    };
    let of_others = view.counts().entries.saturating_sub(own.seq);
    let lacking: u64 = answer
        .offered
        .iter()
        .filter(|range| range.writer != offer.writer)
        .map(|range| range.until.seq - range.after.seq)
        .sum();
    Ok(Some(LastSync {
        at: wall_clock::now(),
        announced: told.unwrap_or(own).seq,
        pulled: of_others.saturating_sub(lacking),
        clock_offset_ms: None,
        device: None,
    }))
}
