//! Whether a stored entry is still what was admitted: id, chain, signature and judgement, computed
//! again.
//!
//! The audit of a store and its repair from a peer go through here; nothing here changes a log.

use serde::{Deserialize, Serialize};

use super::{
    check::entry_of, clock::Position, entry::verify_chain, owner::LogOwner, quarantine::judge,
    run::Run, store::LoggedEntry,
};
use crate::id::{Chain, ProjectId};

/// What is wrong with a stored entry.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// There is no entry at a place that its log has.
    #[error("the entry is missing")]
    Missing,
    /// Its bytes are no entry.
    #[error("the entry cannot be read")]
    Unreadable,
    /// It goes on from another chain than the entry before it ends with.
    #[error("the entry does not go on from the one before it")]
    PreviousMismatch,
    /// Hashing the version does not give the chain that is stored.
    #[error("the chain does not match the version")]
    ChainMismatch,
    /// The log's device did not sign this.
    #[error("the signature does not match")]
    SignatureInvalid,
    /// It is shown and must not be.
    #[error("the entry is shown and must not be")]
    JudgementMismatch,
}

impl Flaw {
    /// Stable name in snake_case; the same as its encoding.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
            Self::PreviousMismatch => "previous_mismatch",
            Self::ChainMismatch => "chain_mismatch",
            Self::SignatureInvalid => "signature_invalid",
            Self::JudgementMismatch => "judgement_mismatch",
        }
    }
}

/// Computes again what admission found for an entry, and compares.
///
/// `previous` is the chain that the entry before it ends with, or the genesis of the log; `None` if
/// that entry is damaged itself. The entry's own word for it then stands, because its signature is
/// over it.
pub fn examine(owner: LogOwner, previous: Option<Chain>, logged: &LoggedEntry) -> Result<(), Flaw> {
    examine_hashes(previous, logged)?;
    let entry = &logged.entry;
    if !verify_chain(owner.device, logged.chain, entry.origin.as_ref(), &entry.signature) {
        return Err(Flaw::SignatureInvalid);
    }
    // The other way round is no damage: a newer program may read what an older one could not.
    if logged.quarantine.is_none() && judge(entry, entry.version.id(), owner).is_err() {
        return Err(Flaw::JudgementMismatch);
    }
    Ok(())
}

/// The same without the signature, which costs more than all else: what was signed when it was
/// admitted, and is not altered since, is signed.
pub fn examine_hashes(previous: Option<Chain>, logged: &LoggedEntry) -> Result<(), Flaw> {
    if previous.is_some_and(|chain| chain != logged.entry.previous) {
        return Err(Flaw::PreviousMismatch);
    }
    let (_, position) = logged.entry.position();
    if position.chain == logged.chain { Ok(()) } else { Err(Flaw::ChainMismatch) }
}

/// The entries of a run that the log's device signed, judged again, up to the first that it did
/// not.
///
/// `last` is where the run goes on. So a damaged entry is replaced by a peer's: whoever holds the
/// true one cannot lie about it.
pub fn prove_run(
    project: ProjectId,
    owner: LogOwner,
    last: Position,
    run: &Run,
) -> Vec<LoggedEntry> {
    let mut proven = Vec::with_capacity(run.entries.len());
    let mut last = last;
    for sent in &run.entries {
        let entry = entry_of(project, owner, last, sent);
        let (id, position) = entry.position();
        if !verify_chain(owner.device, position.chain, entry.origin.as_ref(), &entry.signature) {
            break;
        }
        let quarantine = judge(&entry, id, owner).err();
        proven.push(LoggedEntry { entry, chain: position.chain, quarantine });
        last = position;
    }
    proven
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Author, Change, Charter, DeviceId, Draft, Epoch, LogView, LogWriter, MemoryLog, Range,
        RecordId, Role, SignatureBytes, Timestamp, VersionBytes, collect, write,
    };

    const CHARTER: Charter = Charter { founder: DeviceId([9; 32]), salt: Epoch([9; 16]) };

    fn written() -> (MemoryLog, LogWriter) {
        let (mut log, log_writer) =
            (MemoryLog::new(CHARTER), LogWriter::new(&[1; 32], Epoch([1; 16])));
        for record in 0..3 {
            let now = Timestamp::from_millis(0);
            let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
            let draft = Draft { category: "fire".into(), ..Draft::default() };
            let version = draft.version(&log, RecordId([record; 16]), Change::Edit, by).unwrap();
            write(&mut log, &log_writer, version.encode().unwrap()).unwrap();
        }
        (log, log_writer)
    }

    fn entry(log: &MemoryLog, log_writer: &LogWriter, seq: u64) -> LoggedEntry {
        log.entry(log_writer.writer(), seq).unwrap().unwrap()
    }

    #[test]
    fn an_entry_is_whole_after_its_own_predecessor_or_after_a_damaged_one() {
        let (log, log_writer) = written();
        let genesis = log_writer.owner().genesis(CHARTER.project());
        assert_eq!(
            examine(log_writer.owner(), Some(genesis), &entry(&log, &log_writer, 1)),
            Ok(())
        );
        assert_eq!(examine(log_writer.owner(), None, &entry(&log, &log_writer, 2)), Ok(()));
        let after_another =
            examine(log_writer.owner(), Some(genesis), &entry(&log, &log_writer, 2));
        assert_eq!(after_another, Err(Flaw::PreviousMismatch));
    }

    #[test]
    fn each_part_of_an_entry_is_missed_when_it_changes() {
        let (log, log_writer) = written();
        let whole = entry(&log, &log_writer, 2);
        let flaw = |change: fn(&mut LoggedEntry)| {
            let mut changed = whole.clone();
            change(&mut changed);
            examine(log_writer.owner(), Some(whole.entry.previous), &changed).unwrap_err()
        };
        let version = |e: &mut LoggedEntry| {
            let mut bytes = e.entry.version.as_slice().to_vec();
            bytes[40] ^= 1;
            e.entry.version = VersionBytes::new(bytes).unwrap();
        };
        assert_eq!(flaw(version), Flaw::ChainMismatch);
        assert_eq!(flaw(|e| e.chain.0[0] ^= 1), Flaw::ChainMismatch);
        assert_eq!(flaw(|e| e.entry.previous.0[0] ^= 1), Flaw::PreviousMismatch);
        assert_eq!(flaw(|e| e.entry.signature = SignatureBytes([0; 64])), Flaw::SignatureInvalid);
        let noise = VersionBytes::new(vec![0xff; 9]).unwrap();
        let forged = log_writer.entry(
            CHARTER.project(),
            Position { seq: 1, chain: Chain([0; 32]) },
            noise,
            None,
        );
        let (_, at) = forged.position();
        let shown = LoggedEntry { entry: forged, chain: at.chain, quarantine: None };
        assert_eq!(examine(log_writer.owner(), None, &shown), Err(Flaw::JudgementMismatch));
    }

    #[test]
    fn a_run_is_proven_up_to_the_first_entry_that_was_altered() {
        let (log, log_writer) = written();
        let until = log.position(log_writer.writer()).unwrap();
        let range = Range { writer: log_writer.writer(), after: Position::START, until };
        let mut run = collect(&log, log_writer.writer(), &[range]).unwrap().runs.remove(0);
        let prove =
            |run: &Run| prove_run(CHARTER.project(), log_writer.owner(), Position::START, run);
        let all: Vec<_> = (1..=3).map(|seq| entry(&log, &log_writer, seq)).collect();
        assert_eq!(prove(&run), all);
        run.entries[1].version = VersionBytes::new(vec![1]).unwrap();
        assert_eq!(prove(&run), all[..1]);
    }
}
