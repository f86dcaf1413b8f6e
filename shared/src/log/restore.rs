//! Taking back what this side itself admitted and stored, without judging it a second time.

use super::{
    check::{attach, entry_of},
    index::{judge_all, put},
    role::judge_role,
    run::{Refusal, Refused, Run},
    store::LogStore,
};
use crate::failure::Code;

/// Takes a run from this side's own storage; what an earlier run held already is passed over.
///
/// Never for what came from elsewhere: neither signatures nor versions are checked, only that the
/// run goes on where its log ends. Says which entry could not be taken, if any; nothing after it
/// was looked at.
pub fn restore_run<S: LogStore>(store: &mut S, run: &Run) -> Result<Option<Refused>, S::Error> {
    let mut last = run.after;
    let refused = |seq, code| Ok(Some(Refused { seq, code }));
    let owner = match attach(store, run, None)? {
        Ok(owner) => owner,
        Err(code) => return refused(last.seq.saturating_add(1), code),
    };
    let held = store.position(run.writer)?;
    for sent in &run.entries {
        let entry = entry_of(store.project(), owner, last, sent);
        let (id, position) = entry.position();
        if position.seq <= held.seq {
            if store.chain_at(run.writer, position.seq)? != Some(position.chain) {
                return refused(position.seq, Refusal::ChainMismatch);
            }
        } else {
            let judged = match (&sent.quarantine, entry.version.kin()) {
                // What was too new for an older program may be read by this one.
                (Some(flagged), _) if flagged.code == Code::VersionNewer => {
                    judge_all(store, &entry, id, owner)?
                }
                (Some(flagged), Ok(kin)) if flagged.waits_for_role() => judge_role(store, kin)?,
                (Some(flagged), _) => Err(flagged.clone()),
                (None, Ok(kin)) => Ok(kin),
                (None, Err(_)) => return refused(position.seq, Refusal::SignatureInvalid),
            };
            put(store, entry, position.chain, owner, judged)?;
        }
        last = position;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Author, Change, Charter, DeviceId, Draft, Epoch, LogView, LogWriter, MemoryLog, Position,
        Range, RecordId, Role, Timestamp, collect, log::write,
    };

    const CHARTER: Charter = Charter { founder: DeviceId([9; 32]), salt: Epoch([9; 16]) };

    /// A log of three states of one record.
    fn written() -> (MemoryLog, LogWriter) {
        let (mut log, log_writer) =
            (MemoryLog::new(CHARTER), LogWriter::new(&[1; 32], Epoch([2; 16])));
        for note in ["a", "b", "c"] {
            let draft = Draft { category: "oil".into(), note: note.into(), ..Draft::default() };
            let (device, now) = (log_writer.owner().device, Timestamp::from_millis(0));
            let by = Author { device, role: Role::Monitor, now };
            let Ok(version) = draft.version(&log, RecordId([3; 16]), Change::Edit, by);
            let Ok(_) = write(&mut log, &log_writer, version.encode().unwrap());
        }
        (log, log_writer)
    }

    fn run(log: &MemoryLog, log_writer: &LogWriter, after: u64, until: u64) -> Run {
        let at = |seq| {
            let Ok(chain) = log.chain_at(log_writer.writer(), seq);
            Position { seq, chain: chain.unwrap() }
        };
        let range = Range { writer: log_writer.writer(), after: at(after), until: at(until) };
        let Ok(mut batch) = collect(log, log_writer.writer(), &[range]);
        let Ok(owner) = log.owner(log_writer.writer());
        Run { owner, ..batch.runs.remove(0) }
    }

    #[test]
    fn what_was_stored_comes_back_the_same_and_an_overlap_is_taken_once() {
        let (log, log_writer) = written();
        let mut again = MemoryLog::new(CHARTER);
        for (after, until) in [(0, 2), (1, 2), (1, 3), (2, 3)] {
            assert_eq!(restore_run(&mut again, &run(&log, &log_writer, after, until)), Ok(None));
        }
        assert_eq!(again.clock(), log.clock());
        assert!(again.records().eq(log.records()));
    }

    #[test]
    fn a_gap_and_a_run_of_another_past_are_named_and_not_taken() {
        let (log, log_writer) = written();
        let mut again = MemoryLog::new(CHARTER);
        let gap = restore_run(&mut again, &run(&log, &log_writer, 1, 3));
        assert_eq!(gap, Ok(Some(Refused { seq: 2, code: Refusal::Gap })));
        assert_eq!(restore_run(&mut again, &run(&log, &log_writer, 0, 2)), Ok(None));
        let mut altered = run(&log, &log_writer, 0, 3);
        altered.entries.swap(0, 1);
        let other = restore_run(&mut again, &altered);
        assert_eq!(other, Ok(Some(Refused { seq: 1, code: Refusal::ChainMismatch })));
        assert_eq!(again.clock().map(|clock| clock.entries()), Ok(2));
    }
}
