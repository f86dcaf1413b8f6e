//! Makes a damaged store good again: entries from a peer, each proven by its own signature, and the
//! index from the entries.

use std::collections::BTreeSet;

use chasqui_shared::{
    Chain, Failure, LogOwner, LogStore, LogView, LoggedEntry, Position, Range, Run, WantedRequest,
    WriterId, limits as shared_limits, prove_run,
};

use super::{
    error::CompareError,
    examine::{Depth, Repairs, audit, audit_to},
    source::Source,
};
use crate::store::{ReadLog, Store, StoreError};

/// What was healed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Healed {
    /// Entries that were put back.
    pub entries: u64,
    /// Rows of the index that were built again.
    pub index: u64,
}

/// Heals what `source` has the true bytes of, and the index. What stays damaged, another audit
/// tells.
pub fn heal(store: &Store, source: &dyn Source) -> Result<Healed, CompareError> {
    let mut healed = Healed::default();
    let found = audit(&store.view()?)?.repairs;
    for (&writer, &at) in &found.owners {
        healed.entries += heal_owner(store, source, writer, at)?;
    }
    for (&writer, seqs) in &found.entries {
        for span in spans(seqs) {
            healed.entries += heal_span(store, source, writer, span)?;
        }
    }
    let left = if found.need_peer() { audit(&store.view()?)?.repairs } else { found };
    healed.index = heal_index(store, left)?;
    // What is derived is only known once every entry is whole and its heads are right.
    healed.index += mend_derived(store)?;
    Ok(healed)
}

/// Writes again what an audit still finds wrong of what is derived.
fn mend_derived(store: &Store) -> Result<u64, CompareError> {
    let left = audit_to(&store.view()?, Depth::Hashes)?.repairs;
    if left.need_peer() { Ok(0) } else { Ok(heal_index(store, left)?) }
}

/// Consecutive places, first and last.
fn spans(seqs: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for &seq in seqs {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == seq => *last = seq,
            _ => spans.push((seq, seq)),
        }
    }
    spans
}

/// Heals the entries from `first` to `last`. Where the peer does not know the entry before them as
/// it is here, the whole log is asked for.
fn heal_span(
    store: &Store,
    source: &dyn Source,
    writer: WriterId,
    (first, last): (u64, u64),
) -> Result<u64, CompareError> {
    let view = store.view()?;
    let Some(owner) = view.owner(writer)? else { return Ok(0) };
    let chain = view.chain_at(writer, first - 1)?;
    let near = chain.map(|chain| Position { seq: first - 1, chain });
    for after in near.into_iter().chain([Position::START]) {
        let proven = fetch(&view, source, Some(owner), writer, after, last)?;
        let wanted = |logged: &LoggedEntry| logged.entry.seq >= first;
        let wanted: Vec<_> = proven.1.into_iter().filter(wanted).collect();
        if !wanted.is_empty() {
            return mend(store, wanted);
        }
    }
    Ok(0)
}

/// Heals a log whose owner is damaged: from its first entry, which tells whose it is.
fn heal_owner(
    store: &Store,
    source: &dyn Source,
    writer: WriterId,
    at: Position,
) -> Result<u64, CompareError> {
    let (owner, proven) = fetch(&store.view()?, source, None, writer, Position::START, at.seq)?;
    let (Some(owner), Some(last)) = (owner, proven.last()) else { return Ok(0) };
    if last.entry.seq != at.seq {
        return Ok(0);
    }
    let end = Position { seq: at.seq, chain: last.chain };
    let healed = mend(store, proven)?;
    store.write_blocking(0, move |log| log.mend_log(owner, end))?;
    Ok(healed)
}

/// Asks for the entries of a log after a position, and proves each.
fn fetch(
    view: &ReadLog,
    source: &dyn Source,
    owner: Option<LogOwner>,
    writer: WriterId,
    mut after: Position,
    last: u64,
) -> Result<(Option<LogOwner>, Vec<LoggedEntry>), CompareError> {
    let (mut owner, mut proven) = (owner, Vec::new());
    while after.seq < last {
        // Only the seq of the end matters to the answering side.
        let until = Position { seq: last, chain: Chain([0; 32]) };
        let ranges = vec![Range { writer, after, until }];
        let batch = source.changes(WantedRequest { project: view.project(), ranges })?;
        let is_wanted = |run: &Run| run.writer == writer && run.after == after;
        let Some(run) = batch.runs.iter().find(|run| is_wanted(run)) else { break };
        owner = owner.or(run.owner.filter(|owner| owner.writer() == writer));
        let Some(owner) = owner else { break };
        let more = prove_run(view.project(), owner, after, run);
        let Some(end) = more.last() else { break };
        after = Position { seq: end.entry.seq, chain: end.chain };
        proven.extend(more);
    }
    Ok((owner, proven))
}

/// Puts proven entries in their places, some at a time.
fn mend(store: &Store, proven: Vec<LoggedEntry>) -> Result<u64, CompareError> {
    let count = proven.len() as u64;
    for part in proven.chunks(shared_limits::BATCH_ENTRIES_MAX) {
        let part = part.to_vec();
        store.write_blocking(part.len(), move |log| {
            part.iter().try_for_each(|logged| log.mend_entry(logged))
        })?;
    }
    Ok(count)
}

/// Builds the index again where it is wrong. Heads are only known where every entry is whole.
pub(super) fn heal_index(store: &Store, repairs: Repairs) -> Result<u64, StoreError> {
    let Repairs { ends, places, nowhere, heads, media, derived, .. } = repairs;
    let rows = ends.len() + places.len() + nowhere.len() + heads.len() + media.len();
    let rows = (rows + derived.rows()) as u64;
    if rows == 0 {
        return Ok(0);
    }
    store.write_blocking(0, move |log| {
        ends.iter().try_for_each(|&(owner, at)| log.mend_log(owner, at))?;
        nowhere.iter().try_for_each(|&version| log.forget_place(version))?;
        places.iter().try_for_each(|&(version, place)| log.set_place(version, place))?;
        heads.iter().try_for_each(|(record, heads)| log.set_heads(*record, heads))?;
        media.iter().try_for_each(|naming| log.mend_naming(naming))?;
        log.mend_derived(&derived)?;
        log.touch();
        Ok(())
    })?;
    Ok(rows)
}

impl From<Failure> for CompareError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
