//! Runs, honest and not, sent among four who wrote and met before.

use chasqui_shared::{
    Admission, Batch, Entry, Position, Role, Run, RunEntry, RunResult, from_cbor, respond_to_batch,
};

use super::{
    lie::bend,
    script::{Script, Step},
    side::{Side, cast, charter},
    whole::{check_heads, check_logs, check_restored, versions},
};

/// A replica, what it may go back to, and whether a phone here believed a lie.
struct Actor {
    side: Side,
    backup: Side,
    deceived: bool,
}

/// Plays a story of writing, sending, lying, copying and going back, and checks every log after
/// each run that it takes.
///
/// # Panics
/// If a log has a gap, a chain does not hold, a version is lost, an answer is not true, or the
/// heads of a record are not those that nobody names.
pub fn take_run(data: &[u8]) {
    let mut actors = cast().map(|side| Actor { backup: side.clone(), side, deceived: false });
    let mut script = Script::new(data);
    while let Some(step) = script.next() {
        let (from, to) = (usize::from(step.a) % 4, usize::from(step.b) % 4);
        match step.verb % 8 {
            0 | 1 => actors[from].side.write(step),
            2 | 3 => {
                let sender_deceived = actors[from].deceived;
                if let Some(run) = honest_run(&actors[from].side, &actors[to].side, step) {
                    actors[to].takes(&run, sender_deceived);
                }
            }
            4 => {
                let run = honest_run(&actors[from].side, &actors[to].side, step);
                if let (Some(mut run), Some(how)) = (run, script.next()) {
                    bend(&mut run, how);
                    actors[to].takes(&run, true);
                }
            }
            5 => {
                if let Some(how) = script.next() {
                    let run = forged_run(&actors[from].side, &actors[to].side, how);
                    actors[to].takes(&run, true);
                }
            }
            6 => actors[from].goes_back(to),
            _ => {
                if let Ok(batch) = from_cbor(script.message(step)) {
                    actors[from].takes_batch(&batch);
                }
            }
        }
    }
    for actor in &actors {
        check_restored(&actor.side.log);
    }
}

/// A log of `from`: after what `to` holds of it, or after an earlier place.
fn honest_run(from: &Side, to: &Side, step: Step) -> Option<Run> {
    let writer = from.writer(step.c % 16);
    let held = to.clock().get(writer).unwrap_or(Position::START);
    from.run(writer, held.seq.saturating_sub(u64::from(step.c / 16)))
}

/// An entry that the liar's key signed after what the receiver holds of the liar's log, whatever it
/// says.
fn forged_run(liar: &Side, receiver: &Side, how: Step) -> Run {
    let owner = liar.log_writer.owner();
    let last = receiver.clock().get(owner.writer()).unwrap_or(Position::START);
    let entry = liar.log_writer.entry(charter().project(), last, liar.version(how), None);
    let Entry { writer, version, signature, origin, .. } = entry;
    let entries = vec![RunEntry { version, signature, origin, quarantine: None }];
    let mut run = Run { writer, owner: Some(owner), after: last, entries };
    if how.verb % 2 == 1 {
        bend(&mut run, how);
    }
    run
}

impl Actor {
    /// Takes a run and checks everything. `dubious` runs deceive a side that does not check them.
    fn takes(&mut self, run: &Run, dubious: bool) {
        self.deceived |= dubious && !self.side.strict;
        let before = versions(&self.side.log);
        let answer = self.side.take(run);
        check_answer(run, &answer, &self.side);
        self.check();
        assert!(versions(&self.side.log).is_superset(&before), "nothing that was held is lost");
        if !self.deceived {
            self.takes_nothing_twice(run, &answer);
        }
    }

    fn takes_batch(&mut self, batch: &Batch) {
        self.deceived |= !self.side.strict;
        let before = versions(&self.side.log);
        let fresh_epoch = self.side.fresh_epoch();
        let Side { log, log_writer, strict, .. } = &mut self.side;
        let mut admission =
            Admission { verify: *strict, log_writer, fresh_epoch, brought_by: Role::Manager };
        if let Ok(answer) = respond_to_batch(log, &mut admission, batch) {
            assert_eq!(answer.digest, self.side.clock().digest());
            assert_eq!(answer.runs.len(), batch.runs.len(), "one answer for each run");
        }
        self.side.log.take_changes();
        self.check();
        assert!(versions(&self.side.log).is_superset(&before), "nothing that was held is lost");
    }

    fn takes_nothing_twice(&mut self, run: &Run, first: &RunResult) {
        let mut again = self.side.clone();
        let second = again.take(run);
        assert_eq!(second.added, 0, "a run that is sent again adds nothing");
        assert_eq!(second.refused, first.refused, "and is refused at the same place");
        assert_eq!(again.clock(), self.side.clock());
    }

    fn goes_back(&mut self, how: usize) {
        if how == 0 {
            self.backup = self.side.clone();
        } else {
            self.side.becomes(&self.backup);
        }
    }

    fn check(&self) {
        check_logs(&self.side.log);
        if !self.deceived {
            check_heads(&self.side.log);
        }
    }
}

/// The answer counts every entry of the run at most once and says where the log ends.
fn check_answer(run: &Run, answer: &RunResult, side: &Side) {
    let end = side.clock().get(run.writer).unwrap_or(Position::START);
    assert_eq!(answer.durable, end, "the answer names what is held");
    let counted = answer.known + answer.added;
    assert!(counted <= run.entries.len() as u64, "no entry is counted twice");
    if let Some(refused) = &answer.refused {
        let seq = run.after.seq + answer.known + answer.added + 1;
        assert_eq!(refused.seq, seq, "the refusal names the entry after those");
    } else if answer.forked_at.is_none() {
        assert_eq!(counted, run.entries.len() as u64, "every entry is known, added or refused");
    }
}
