//! What only a manager may write, and who is one.

use super::harness::{Side, charter};
use crate::{
    Author, Change, Code, Draft, LogView, LoggedEntry, Member, MemoryLog, Quarantine, RecordId,
    Role, Timestamp, VersionBytes, restore, to_cbor, write,
};

/// Alice records; laptop 8, which the founder names manager at some time, deletes it; a third
/// laptop is named by 8.
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
    assert_eq!(deleted.quarantine.unwrap().code, Code::RoleUnknown);
    let before = alice.shown(record);
    let run = eight.run(eight.log_writer.writer(), 0);
    let answer = alice.take(&run);
    assert_eq!(answer.quarantined[0].quarantine.code, Code::RoleUnknown);
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
    let device = eight.log_writer.owner().device;
    let by = Author { device, role: Role::Manager, now: Timestamp::MIN };
    let mut next = draft("next").version(&eight.log, record, Change::Edit, by).unwrap();
    (next.parents, next.generation) = (vec![first.entry.version.id()], 2);
    let next = write(&mut eight.log, &eight.log_writer, next.encode().unwrap()).unwrap();
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
    let device = monitor.log_writer.owner().device;
    let member = Member { device, role: Role::Manager, name: "me".into(), is_aside: false };
    let by = Author { device, role: Role::Monitor, now: Timestamp::MIN };
    let record = Member::record(device);
    let version = member.draft().version(&monitor.log, record, Change::Edit, by).unwrap();
    assert_eq!(version.encode().unwrap_err().code(), Code::VersionForbidden);
    let bytes = VersionBytes::new(to_cbor(&version).unwrap()).unwrap();
    write(&mut monitor.log, &monitor.log_writer, bytes).unwrap();
    let me = monitor.log_writer.clone();
    monitor.name(&Side { log_writer: me, ..Side::new(3) });
    let draft = Draft { category: "fire".into(), ..Draft::default() };
    monitor.manage(RecordId([5; 16]), Change::Delete, draft);
    laptop.takes_all_of(&monitor);
    assert_eq!(laptop.log.clock().unwrap().entries(), 3);
    assert!(!laptop.log.is_manager(device).unwrap());
    assert_eq!(laptop.shown(record), []);
    assert_eq!(laptop.shown(RecordId([5; 16])), []);
}
