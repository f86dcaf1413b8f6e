//! The rules of what may enter a log, told as stories of Alice's and Bob's phones and a laptop.

use proptest::prelude::*;

use super::*;
use crate::{
    Author, Change, Charter, Draft, Epoch, Member, RecordId, Role, Timestamp, VersionBytes,
    VersionId, collect, limits, to_cbor,
};

/// Pen 9 began the project.
fn charter() -> Charter {
    let founder = Pen::new(&[9; 32], Epoch([9; 16])).owner().device;
    Charter { founder, salt: Epoch([9; 16]) }
}

struct Side {
    log: MemoryLog,
    pen: Pen,
    epochs: u8,
}

impl Side {
    fn new(name: u8) -> Self {
        Self {
            log: MemoryLog::new(charter()),
            pen: Pen::new(&[name; 32], Epoch([name; 16])),
            epochs: 100,
        }
    }

    fn write(&mut self, record: u8, note: &str) -> LoggedEntry {
        let draft = Draft { category: "fish_kill".into(), note: note.into(), ..Draft::default() };
        let by = Author {
            device: self.pen.owner().device,
            role: Role::Monitor,
            now: Timestamp::from_millis(0),
        };
        let version = draft.version(&self.log, RecordId([record; 16]), Change::Edit, by).unwrap();
        write(&mut self.log, &self.pen, version.encode().unwrap()).unwrap()
    }

    /// Writes in the role of a manager, whether it is one or not.
    fn manage(&mut self, record: RecordId, change: Change, draft: Draft) -> LoggedEntry {
        let device = self.pen.owner().device;
        let by = Author { device, role: Role::Manager, now: Timestamp::from_millis(0) };
        let version = draft.version(&self.log, record, change, by).unwrap();
        write(&mut self.log, &self.pen, version.encode().unwrap()).unwrap()
    }

    /// Says that another side is a manager.
    fn name(&mut self, other: &Side) {
        let device = other.pen.owner().device;
        let member = Member { device, role: Role::Manager, name: "a laptop".into() };
        self.manage(Member::record(device), Change::Edit, member.draft());
    }

    /// Everything that another side holds and this one does not.
    fn takes_all_of(&mut self, other: &Side) {
        for writer in other.log.logs().map(|(writer, ..)| writer).collect::<Vec<_>>() {
            let held = self.log.position(writer).unwrap().seq;
            if held < other.log.position(writer).unwrap().seq {
                self.take(&other.run(writer, held));
            }
        }
    }

    fn shown(&self, record: RecordId) -> Vec<VersionId> {
        self.log.heads(record).unwrap()
    }

    fn run(&self, writer: crate::WriterId, after: u64) -> Run {
        let until = self.log.position(writer).unwrap();
        let chain = self.log.chain_at(writer, after).unwrap().unwrap();
        let range = Range { writer, after: Position { seq: after, chain }, until };
        collect(&self.log, self.pen.writer(), &[range]).unwrap().runs.remove(0)
    }

    fn take(&mut self, run: &Run) -> RunAnswer {
        self.epochs += 1;
        let fresh_epoch = Epoch([self.epochs; 16]);
        let mut gate = Gate { verify: true, pen: &mut self.pen, fresh_epoch };
        take_run(&mut self.log, &mut gate, run).unwrap()
    }

    fn versions(&self) -> Vec<VersionId> {
        let mut ids: Vec<_> = self.log.versions().map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }
}

#[test]
fn a_run_is_taken_once_and_counted_once() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let run = alice.run(alice.pen.writer(), 0);
    let first = laptop.take(&run);
    assert_eq!((first.known, first.added, first.durable.seq), (0, 2, 2));
    let again = laptop.take(&run);
    assert_eq!((again.known, again.added, again.durable), (2, 0, first.durable));
    assert_eq!(laptop.log.clock().unwrap(), alice.log.clock().unwrap());
}

#[test]
fn a_gap_is_refused_and_nothing_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let answer = laptop.take(&alice.run(alice.pen.writer(), 1));
    assert_eq!(answer.refused, Some(Refused { seq: 2, code: Refusal::Gap }));
    assert!(laptop.log.clock().unwrap().is_empty());
}

#[test]
fn an_altered_version_is_refused_and_the_prefix_before_it_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    alice.write(2, "two");
    let mut run = alice.run(alice.pen.writer(), 0);
    let mut version = run.entries[1].version.decode().unwrap();
    version.note = "altered".into();
    run.entries[1].version = version.encode().unwrap();
    let answer = laptop.take(&run);
    assert_eq!((answer.added, answer.durable.seq), (1, 1));
    assert_eq!(answer.refused, Some(Refused { seq: 2, code: Refusal::SignatureInvalid }));
}

#[test]
fn an_entry_of_another_project_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.log = MemoryLog::new(Charter { salt: Epoch([8; 16]), ..charter() });
    alice.write(1, "one");
    let answer = laptop.take(&alice.run(alice.pen.writer(), 0));
    assert_eq!(answer.refused, Some(Refused { seq: 1, code: Refusal::SignatureInvalid }));
}

#[test]
fn a_log_without_or_with_a_foreign_owner_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    let mut run = alice.run(alice.pen.writer(), 0);
    run.owner = Some(laptop.pen.owner());
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::OwnerMismatch);
    run.owner = None;
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::OwnerMissing);
}

#[test]
fn a_wrong_chain_before_the_run_is_refused() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    laptop.take(&alice.run(alice.pen.writer(), 0));
    alice.write(2, "two");
    let mut run = alice.run(alice.pen.writer(), 1);
    run.after.chain.0[0] ^= 1;
    assert_eq!(laptop.take(&run).refused.unwrap().code, Refusal::ChainMismatch);
}

#[test]
fn bytes_that_are_no_version_are_quarantined_and_the_log_goes_on() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let noise = crate::VersionBytes::new(vec![0xff; 10]).unwrap();
    write(&mut alice.log, &alice.pen, noise).unwrap();
    alice.write(1, "one");
    let answer = laptop.take(&alice.run(alice.pen.writer(), 0));
    assert_eq!((answer.added, answer.refused), (2, None));
    assert_eq!(answer.quarantined[0].quarantine.code, "version_malformed");
    assert_eq!(laptop.log.records().count(), 1);
}

#[test]
fn a_newer_format_is_kept_and_forwarded_unchanged() {
    let (mut alice, mut laptop, mut bob) = (Side::new(1), Side::new(2), Side::new(3));
    let newer =
        serde_ipld_dagcbor::to_vec(&std::collections::BTreeMap::from([("format", 2)])).unwrap();
    write(&mut alice.log, &alice.pen, crate::VersionBytes::new(newer.clone()).unwrap()).unwrap();
    laptop.take(&alice.run(alice.pen.writer(), 0));
    let answer = bob.take(&laptop.run(alice.pen.writer(), 0));
    assert_eq!(answer.quarantined[0].quarantine.code, "version_newer");
    let held = bob.log.entry(alice.pen.writer(), 1).unwrap().unwrap();
    assert_eq!(held.entry.version.as_slice(), newer);
}

#[test]
fn a_version_in_somebody_elses_name_is_quarantined() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let logged = alice.write(1, "one");
    let mut version = logged.entry.version.decode().unwrap();
    version.author = laptop.pen.owner().device;
    version.note = "forged".into();
    write(&mut alice.log, &alice.pen, version.encode().unwrap()).unwrap();
    let answer = laptop.take(&alice.run(alice.pen.writer(), 0));
    assert_eq!(answer.quarantined[0].quarantine.code, "author_mismatch");
}

#[test]
fn a_version_over_the_limit_is_refused_and_one_at_the_limit_is_kept() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    let largest = crate::VersionBytes::new(vec![0; limits::VERSION_BYTES_MAX]).unwrap();
    assert!(crate::VersionBytes::new(vec![0; limits::VERSION_BYTES_MAX + 1]).is_err());
    write(&mut alice.log, &alice.pen, largest).unwrap();
    let mut run = alice.run(alice.pen.writer(), 0);
    assert_eq!(laptop.take(&run).added, 1);
    let fat = vec![0; limits::VERSION_BYTES_MAX + 1];
    let fat = serde_ipld_dagcbor::to_vec(&serde_bytes::ByteBuf::from(fat)).unwrap();
    run.entries[0].version = serde_ipld_dagcbor::from_slice(&fat).unwrap();
    assert_eq!(Side::new(4).take(&run).refused.unwrap().code, Refusal::VersionTooLarge);
}

/// A phone's storage was restored from a backup: the laptop knows its log further than it does itself. Going
/// on writing at the old seq would put two entries at one place.
#[test]
fn a_restored_phone_gets_its_entries_back_and_begins_a_new_log() {
    let (mut alice, mut laptop) = (Side::new(1), Side::new(2));
    alice.write(1, "one");
    let backup = alice.log.clone();
    alice.write(2, "two");
    laptop.take(&alice.run(alice.pen.writer(), 0));
    alice.log = backup;
    let old = alice.pen.writer();
    let answer = alice.take(&laptop.run(old, 0));
    assert_eq!((answer.known, answer.added), (1, 1));
    assert_ne!(alice.pen.writer(), old);
    assert_eq!(alice.versions(), laptop.versions());
}

/// A phone was cloned, and both copies wrote at the same place of one log. Whoever learns of it first, every version
/// is kept, and all agree on who keeps the place.
#[test]
fn both_ways_of_a_cloned_log_are_kept_and_the_place_goes_to_the_same_way_everywhere() {
    let mut alice = Side::new(1);
    alice.write(1, "before");
    let mut clone = Side { log: alice.log.clone(), pen: alice.pen.clone(), epochs: 200 };
    let shared_log = alice.pen.writer();
    alice.write(2, "by the original");
    clone.write(3, "by the clone");
    clone.write(3, "by the clone again");
    let (original, cloned) = (alice.run(shared_log, 0), clone.run(shared_log, 0));

    let mut places = Vec::new();
    for order in [[&original, &cloned], [&cloned, &original]] {
        let mut laptop = Side::new(5);
        laptop.take(order[0]);
        let answer = laptop.take(order[1]);
        assert_eq!(answer.forked_at, Some(2));
        assert_eq!(laptop.versions().len(), 4, "no version is lost");
        assert_eq!(laptop.log.records().count(), 3);
        places.push(laptop.log.position(shared_log).unwrap());

        // A version that had to move still proves who signed it first, and is shown.
        let moved = laptop.run(laptop.pen.writer(), 0);
        assert!(moved.entries.iter().all(|entry| entry.origin.is_some()));
        assert!(moved.entries.iter().all(|entry| entry.quarantine.is_none()));
    }
    assert_eq!(places[0], places[1]);

    alice.take(&cloned);
    clone.take(&original);
    assert_ne!(alice.pen.writer(), shared_log, "the original goes on in a new log");
    assert_ne!(clone.pen.writer(), shared_log, "the clone goes on in a new log");
    assert_eq!(alice.versions(), clone.versions());
}

/// A phone that passed an entry on stripped its origin, or invented one. The signature did not cover it, so the laptop
/// took the version for a stranger's word, hid it, and never asked for the true entry again.
#[test]
fn an_entry_whose_origin_was_stripped_or_invented_on_the_way_is_refused() {
    let (mut alice, mut laptop, mut bob) = (Side::new(1), Side::new(2), Side::new(3));
    let mut clone = Side { log: alice.log.clone(), pen: alice.pen.clone(), epochs: 200 };
    alice.write(1, "by the original");
    clone.write(2, "by the clone");
    laptop.take(&alice.run(alice.pen.writer(), 0));
    laptop.take(&clone.run(clone.pen.writer(), 0));
    let moved = laptop.run(laptop.pen.writer(), 0);

    let (mut stripped, mut invented) = (moved.clone(), alice.run(alice.pen.writer(), 0));
    stripped.entries[0].origin = None;
    invented.entries[0].origin = moved.entries[0].origin;
    for run in [&stripped, &invented] {
        let refused = Refused { seq: 1, code: Refusal::SignatureInvalid };
        assert_eq!(bob.take(run).refused, Some(refused));
    }
    assert_eq!(bob.take(&moved).quarantined, []);
}

#[test]
fn two_edits_of_one_version_are_both_heads_and_a_monitors_third_keeps_the_conflict() {
    let (mut alice, mut bob) = (Side::new(1), Side::new(2));
    alice.write(1, "first");
    bob.take(&alice.run(alice.pen.writer(), 0));
    alice.write(1, "by alice");
    bob.write(1, "by bob");
    bob.take(&alice.run(alice.pen.writer(), 0));
    assert_eq!(bob.log.heads(RecordId([1; 16])).unwrap().len(), 2);
    bob.write(1, "by bob, who saw both");
    assert_eq!(bob.log.heads(RecordId([1; 16])).unwrap().len(), 2);
}

proptest! {
    /// The heads are the versions without children, however the runs arrive.
    #[test]
    fn heads_never_depend_on_the_order_of_arrival(
        writes in proptest::collection::vec((0usize..3, 0u8..3, any::<bool>()), 1..20),
        seed in any::<u64>(),
    ) {
        let mut sides = [Side::new(1), Side::new(2), Side::new(3)];
        for (who, record, meet) in writes {
            sides[who].write(record, "note");
            if meet {
                let writer = sides[who].pen.writer();
                let run = sides[who].run(writer, 0);
                sides[(who + 1) % 3].take(&run);
            }
        }
        let mut runs: Vec<_> = sides.iter().filter_map(|side| {
            let writer = side.pen.writer();
            (side.log.position(writer).unwrap().seq > 0).then(|| side.run(writer, 0))
        }).collect();
        let mut forwards = Side::new(4);
        for run in &runs {
            forwards.take(run);
        }
        fastrand::Rng::with_seed(seed).shuffle(&mut runs);
        let mut shuffled = Side::new(4);
        for run in &runs {
            shuffled.take(run);
        }
        prop_assert!(forwards.log.records().eq(shuffled.log.records()));
        for (record, heads) in forwards.log.records() {
            let history = crate::History::load_all(&forwards.log, record).unwrap();
            prop_assert_eq!(history.heads(), heads);
        }
    }
}

/// Alice records; laptop 8, which the founder names manager at some time, deletes it; a third laptop is named by 8.
fn named_managers() -> (RecordId, [Side; 4], LoggedEntry) {
    let record = RecordId([1; 16]);
    let [mut alice, mut founder, mut eight, mut seven] = [1, 9, 8, 7].map(Side::new);
    alice.write(1, "oil");
    eight.takes_all_of(&alice);
    let deleted = eight.manage(
        record,
        Change::Delete,
        Draft { category: "fish_kill".into(), ..Draft::default() },
    );
    eight.name(&seven);
    seven.takes_all_of(&alice);
    seven.takes_all_of(&eight);
    seven.manage(
        RecordId([2; 16]),
        Change::Edit,
        Draft { category: "fire".into(), ..Draft::default() },
    );
    founder.name(&eight);
    (record, [alice, founder, eight, seven], deleted)
}

#[test]
fn what_only_a_manager_may_write_waits_until_its_author_is_named_whichever_comes_first() {
    let (record, [mut alice, founder, eight, seven], deleted) = named_managers();
    assert_eq!(deleted.quarantine.unwrap().code, "role_unknown");
    let before = alice.shown(record);
    let run = eight.run(eight.pen.writer(), 0);
    let answer = alice.take(&run);
    assert_eq!(answer.quarantined[0].quarantine.code, "role_unknown");
    alice.takes_all_of(&seven);
    assert_eq!(alice.shown(record), before);
    assert_eq!(alice.shown(RecordId([2; 16])), []);

    let mut named_first = Side::new(2);
    named_first.takes_all_of(&founder);
    named_first.takes_all_of(&seven);
    alice.takes_all_of(&founder);
    for side in [&alice, &named_first] {
        assert_eq!(side.shown(record), [deleted.entry.version.id()]);
        assert_eq!(side.shown(RecordId([2; 16])).len(), 1, "a named manager names another");
    }
}

#[test]
fn of_versions_that_waited_together_only_the_last_is_a_head() {
    let [mut founder, mut eight, mut laptop] = [9, 8, 2].map(Side::new);
    let record = RecordId([1; 16]);
    let draft =
        |note: &str| Draft { category: "fire".into(), note: note.into(), ..Draft::default() };
    let first = eight.manage(record, Change::Edit, draft("first"));
    // What waits is not shown to its author either, who follows it all the same.
    let device = eight.pen.owner().device;
    let by = Author { device, role: Role::Manager, now: Timestamp::MIN };
    let mut next = draft("next").version(&eight.log, record, Change::Edit, by).unwrap();
    (next.parents, next.generation) = (vec![first.entry.version.id()], 2);
    let next = write(&mut eight.log, &eight.pen, next.encode().unwrap()).unwrap();
    laptop.takes_all_of(&eight);
    assert_eq!(laptop.shown(record), []);
    founder.name(&eight);
    laptop.takes_all_of(&founder);
    assert_eq!(laptop.shown(record), [next.entry.version.id()]);
}

#[test]
fn a_log_that_is_read_back_in_any_order_shows_what_named_managers_wrote() {
    let (record, [mut alice, founder, _, seven], deleted) = named_managers();
    alice.takes_all_of(&seven);
    alice.takes_all_of(&founder);
    let mut logs: Vec<_> = alice.log.logs().map(|(_, owner, all)| (owner, all.to_vec())).collect();
    for _ in 0..2 {
        logs.reverse();
        let mut again = MemoryLog::new(charter());
        for (owner, entries) in &logs {
            for logged in entries {
                // As if each had been stored when it came, before anybody was named.
                let waits = logged.entry.version.decode().unwrap().role == Role::Manager;
                let quarantine = (waits && owner.device != charter().founder)
                    .then(|| Quarantine { code: "role_unknown".into(), message: String::new() });
                restore(&mut again, LoggedEntry { quarantine, ..logged.clone() }, *owner).unwrap();
            }
        }
        assert_eq!(again.heads(record).unwrap(), [deleted.entry.version.id()]);
        assert!(again.records().eq(alice.log.records()));
    }
}

#[test]
fn a_monitor_names_nobody() {
    let (mut monitor, mut laptop) = (Side::new(3), Side::new(2));
    let device = monitor.pen.owner().device;
    let member = Member { device, role: Role::Manager, name: "me".into() };
    let by = Author { device, role: Role::Monitor, now: Timestamp::MIN };
    let record = Member::record(device);
    let version = member.draft().version(&monitor.log, record, Change::Edit, by).unwrap();
    assert_eq!(version.encode().unwrap_err().code(), "version_forbidden");
    let bytes = VersionBytes::new(to_cbor(&version).unwrap()).unwrap();
    write(&mut monitor.log, &monitor.pen, bytes).unwrap();
    let me = monitor.pen.clone();
    monitor.name(&Side { pen: me, ..Side::new(3) });
    let draft = Draft { category: "fire".into(), ..Draft::default() };
    monitor.manage(RecordId([5; 16]), Change::Delete, draft);
    laptop.takes_all_of(&monitor);
    assert_eq!(laptop.log.clock().unwrap().entries(), 3);
    assert!(!laptop.log.is_manager(device).unwrap());
    assert_eq!(laptop.shown(record), []);
    assert_eq!(laptop.shown(RecordId([5; 16])), []);
}
