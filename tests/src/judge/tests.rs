//! The judge's own tests: each thing that may be wrong at the end is found.

use chasqui_shared::{
    Author, Change, Charter, ClockDigest, DeviceId, Draft, Epoch, LogWriter, MemoryLog, RecordId,
    Role, Timestamp, VersionId, write,
};

use super::{Claim, Intent, Judge, Testimony, Written};

const CHARTER: Charter = Charter { founder: DeviceId([9; 32]), salt: Epoch([9; 16]) };
const RECORD: RecordId = RecordId([1; 16]);

/// A judge who saw Alice write a record and edit it twice, and what she says.
fn alice() -> (Judge, Testimony) {
    let mut judge = Judge::new(CHARTER.founder);
    judge.begins("Alice".into());
    let mut log = MemoryLog::new(CHARTER);
    let log_writer = LogWriter::new(&[1; 32], Epoch([1; 16]));
    let author = log_writer.owner().device;
    let by = Author { device: author, role: Role::Monitor, now: Timestamp::MIN };
    let mut ids = Vec::new();
    for note in ["one", "two", "three"] {
        let draft = Draft { category: "fire".into(), note: note.into(), ..Draft::default() };
        let Ok(version) = draft.version(&log, RECORD, Change::Edit, by);
        let bytes = version.encode().unwrap();
        let (id, parents) = (bytes.id(), version.parents);
        let (claim, deletes, intent) = (Claim::None, false, Intent::Edit);
        judge
            .wrote(0, Written { id, record: RECORD, parents, author, claim, deletes, intent })
            .unwrap();
        let Ok(_) = write(&mut log, &log_writer, bytes);
        judge.took(0, &log.take_changes()).unwrap();
        ids.push(id);
    }
    judge.committed(0);
    let logs = log.logs().map(|(_, owner, entries)| (owner, entries.to_vec())).collect();
    let testimony = Testimony {
        project: CHARTER.project(),
        digest: ClockDigest([0; 32]),
        logs,
        places: ids.iter().map(|id| (*id, Some(*id))).collect(),
        heads: [(RECORD, vec![ids[2]])].into(),
        views: [(RECORD, (ids[2], "three".into()))].into(),
    };
    (judge, testimony)
}

/// What the judge says to a testimony that was altered.
fn verdict(alter: impl FnOnce(&mut Testimony)) -> Option<String> {
    let (judge, mut testimony) = alice();
    alter(&mut testimony);
    judge.close(&[testimony]).err().map(|violation| violation.0)
}

#[test]
fn a_true_testimony_is_believed() {
    assert_eq!(verdict(|_| {}), None);
}

#[test]
fn a_lost_version_is_found() {
    let said = verdict(|testimony| {
        testimony.places.pop_first();
    });
    assert!(said.unwrap().contains("is lost"));
}

#[test]
fn a_version_that_nobody_wrote_is_found() {
    let invented = VersionId([7; 32]);
    let said = verdict(|testimony| {
        testimony.places.insert(invented, Some(invented));
    });
    assert!(said.unwrap().contains("nobody wrote"));
}

#[test]
fn a_lost_head_and_a_false_conflict_are_found() {
    let none = verdict(|testimony| testimony.heads.clear());
    assert!(none.unwrap().contains("heads"));
    let both = verdict(|testimony| {
        testimony.heads.insert(RECORD, testimony.places.keys().copied().collect());
    });
    assert!(both.unwrap().contains("heads"));
}

#[test]
fn a_wrong_winner_is_found() {
    let said = verdict(|testimony| testimony.views.clear());
    assert!(said.unwrap().contains("should show"));
}

#[test]
fn a_gap_and_an_altered_entry_are_found() {
    let gap = verdict(|testimony| drop(testimony.logs[0].1.remove(1)));
    assert!(gap.unwrap().contains("not whole"));
    let altered = verdict(|testimony| testimony.logs[0].1[0].entry.seq = 2);
    assert!(altered.unwrap().contains("not whole"));
}

#[test]
fn a_place_that_holds_another_version_is_found() {
    let said = verdict(|testimony| {
        for found in testimony.places.values_mut() {
            *found = None;
        }
    });
    assert!(said.unwrap().contains("is said to be"));
}

#[test]
fn replicas_that_do_not_say_the_same_are_found() {
    let (mut judge, first) = alice();
    let (_, mut second) = alice();
    judge.begins("Bob".into());
    assert_eq!(judge.close(&[alice().1, alice().1]), Ok(()));
    second.views.insert(RECORD, (second.views[&RECORD].0, "four".into()));
    let said = judge.close(&[first, second]).unwrap_err().0;
    assert!(said.contains("do not say the same"));
}

#[test]
fn a_promise_that_the_disk_does_not_keep_is_found() {
    let (mut judge, testimony) = alice();
    let ids: Vec<_> = testimony.places.keys().copied().collect();
    assert_eq!(judge.promised(0, "saved", ids.clone()), Ok(()));
    judge.replaced(0, Default::default());
    assert!(judge.promised(0, "saved", ids).is_err());
}
