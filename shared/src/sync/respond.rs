//! The answering side: what it says to an offer, a question and a batch. It keeps no state between
//! requests.

use super::message::{Batch, BatchResponse, Locator, Offer, OfferResponse, WantedRequest};
use crate::{
    failure::{Code, Failure},
    id::{ProjectId, WriterId},
    limits,
    log::{Admission, Clock, LogStore, LogView, Position, Range, Run, RunEntry, take_run},
};

/// What can end a request: the store failed, or the request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum RespondError<E> {
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] E),
    /// The request is at fault.
    #[error(transparent)]
    Refused(Failure),
}

impl<E> From<E> for RespondError<E> {
    fn from(error: E) -> Self {
        Self::Store(error)
    }
}

/// Compares the offered clock with the one held here.
///
/// Costs as much as what moved, once both sides have met. The lists are cut at
/// [`limits::RANGES_MAX`]; the asking side offers again until the digests are equal.
pub fn respond_to_offer<V: LogView>(
    view: &V,
    offer: &Offer,
) -> Result<OfferResponse, RespondError<V::Error>> {
    check_project(view, offer.project)?;
    let mut answer = OfferResponse {
        digest: view.clock_digest()?,
        clock_wanted: false,
        wanted: Vec::new(),
        offered: Vec::new(),
        lost: false,
        forks: Vec::new(),
    };
    if answer.digest == offer.digest {
        return Ok(answer);
    }
    let Some(theirs) = their_positions(view, offer)? else {
        answer.clock_wanted = true;
        return Ok(answer);
    };
    for &(writer, theirs) in &theirs {
        compare_log(view, offer, writer, theirs, &mut answer)?;
    }
    for &writer in &offer.suspects {
        if answer.forks.len() < limits::RANGES_MAX
            && answer.forks.iter().all(|fork| fork.writer != writer)
        {
            answer.forks.push(locate(view, writer)?);
        }
    }
    Ok(answer)
}

/// The asking side's position in every log that may differ; `None` if it cannot be known from the
/// offer.
fn their_positions<V: LogView>(
    view: &V,
    offer: &Offer,
) -> Result<Option<Vec<(WriterId, Position)>>, V::Error> {
    if let Some(clock) = &offer.clock {
        let mut positions: Vec<_> = clock.iter().collect();
        let held = view.clock()?;
        let unknown = held.iter().filter(|(writer, _)| clock.get(*writer).is_none());
        positions.extend(unknown.map(|(writer, _)| (writer, Position::START)));
        return Ok(Some(positions));
    }
    let Some(since) = &offer.since else { return Ok(None) };
    let Some(mut positions) = view.moved_since(since.digest)? else { return Ok(None) };
    positions.retain(|(writer, _)| since.moved.get(*writer).is_none());
    positions.extend(since.moved.iter());
    Ok(Some(positions))
}

fn compare_log<V: LogView>(
    view: &V,
    offer: &Offer,
    writer: WriterId,
    theirs: Position,
    answer: &mut OfferResponse,
) -> Result<(), V::Error> {
    let mine = view.position(writer)?;
    if mine == theirs {
        return Ok(());
    }
    let agrees = theirs.seq > mine.seq || view.chain_at(writer, theirs.seq)? == Some(theirs.chain);
    if !agrees {
        if answer.forks.len() < limits::RANGES_MAX {
            answer.forks.push(locate(view, writer)?);
        }
    } else if theirs.seq > mine.seq {
        if answer.wanted.len() < limits::RANGES_MAX {
            answer.wanted.push(Range { writer, after: mine, until: theirs });
        }
    } else {
        answer.lost |= writer == offer.writer;
        if answer.offered.len() < limits::RANGES_MAX {
            answer.offered.push(Range { writer, after: theirs, until: mine });
        }
    }
    Ok(())
}

/// Positions of a log at distances 0, 1, 3, 7, … from its end, and its start.
pub fn locate<V: LogView>(view: &V, writer: WriterId) -> Result<Locator, V::Error> {
    let end = view.position(writer)?;
    let mut positions = Vec::new();
    let mut seq = end.seq;
    let mut step = 1;
    while seq > 0 && positions.len() + 1 < limits::LOCATOR_MAX {
        if let Some(chain) = view.chain_at(writer, seq)? {
            positions.push(Position { seq, chain });
        }
        seq = seq.saturating_sub(step);
        step *= 2;
    }
    positions.push(Position::START);
    Ok(Locator { writer, positions })
}

/// Reads a batch for `ranges` from the front, up to the limits of a batch.
///
/// A range that is not held here as it was asked for is left out: the log went two ways since, and
/// the next offer will tell.
pub fn collect<V: LogView>(
    view: &V,
    sender: WriterId,
    ranges: &[Range],
) -> Result<Batch, V::Error> {
    let mut batch = Batch { project: view.project(), writer: sender, runs: Vec::new() };
    let (mut entries, mut bytes) = (0, 0);
    for range in ranges.iter().take(limits::RANGES_MAX) {
        if entries >= limits::BATCH_ENTRIES_MAX || bytes >= limits::BATCH_BYTES_MAX {
            break;
        }
        if view.chain_at(range.writer, range.after.seq)? != Some(range.after.chain) {
            continue;
        }
        let owner = if range.after.seq == 0 { view.owner(range.writer)? } else { None };
        let mut run = Run { writer: range.writer, owner, after: range.after, entries: Vec::new() };
        for seq in range.after.seq + 1..=range.until.seq {
            if entries >= limits::BATCH_ENTRIES_MAX || bytes >= limits::BATCH_BYTES_MAX {
                break;
            }
            let Some(logged) = view.entry(range.writer, seq)? else { break };
            entries += 1;
            bytes += logged.entry.version.as_slice().len();
            run.entries.push(RunEntry {
                version: logged.entry.version,
                signature: logged.entry.signature,
                origin: logged.entry.origin,
                quarantine: None,
            });
        }
        if !run.entries.is_empty() {
            batch.runs.push(run);
        }
    }
    Ok(batch)
}

/// Answers a question for entries.
pub fn respond_to_wanted<V: LogView>(
    view: &V,
    sender: WriterId,
    question: &WantedRequest,
) -> Result<Batch, RespondError<V::Error>> {
    check_project(view, question.project)?;
    Ok(collect(view, sender, &question.ranges)?)
}

/// Takes a pushed batch inside the caller's transaction. The answer may leave only after its
/// commit.
pub fn respond_to_batch<S: LogStore>(
    store: &mut S,
    admission: &mut Admission<'_>,
    batch: &Batch,
) -> Result<BatchResponse, RespondError<S::Error>> {
    check_project(store, batch.project)?;
    if !batch.is_within_limits() {
        return Err(RespondError::Refused(Failure::new(
            Code::BatchTooLarge,
            format!(
                "a batch holds at most {} entries in {} runs",
                limits::BATCH_ENTRIES_MAX,
                limits::RANGES_MAX
            ),
        )));
    }
    let mut runs = Vec::with_capacity(batch.runs.len());
    for run in &batch.runs {
        runs.push(take_run(store, admission, run)?);
    }
    Ok(BatchResponse { digest: store.clock_digest()?, runs })
}

fn check_project<V: LogView>(view: &V, project: ProjectId) -> Result<(), RespondError<V::Error>> {
    if view.project() == project {
        return Ok(());
    }
    Err(RespondError::Refused(Failure::new(
        Code::OtherProject,
        "this laptop holds another project",
    )))
}

/// The first position of the locator that is also held here.
pub fn common_position<V: LogView>(view: &V, locator: &Locator) -> Result<Position, V::Error> {
    for &position in &locator.positions {
        if view.chain_at(locator.writer, position.seq)? == Some(position.chain) {
            return Ok(position);
        }
    }
    Ok(Position::START)
}

/// The clock of this side, told as shortly as the last meeting allows.
///
/// What moved cannot say that a log is gone, so a side that went back to before it held one of them
/// tells all.
pub fn offer<V: LogView>(
    view: &V,
    writer: WriterId,
    meeting: Option<&Clock>,
    suspects: Vec<WriterId>,
) -> Result<Offer, V::Error> {
    let clock = view.clock()?;
    let since = meeting
        .filter(|met| met.iter().all(|(writer, _)| clock.get(writer).is_some()))
        .map(|met| super::message::Since { digest: met.digest(), moved: clock.moved_since(met) })
        .filter(|since| since.moved.len() <= limits::MOVED_WRITERS_MAX);
    Ok(Offer {
        project: view.project(),
        writer,
        digest: clock.digest(),
        clock: if since.is_none() { Some(clock) } else { None },
        since,
        suspects,
    })
}
