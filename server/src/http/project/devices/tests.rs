//! What is said of a device follows from what it told and from what is here.

use super::*;

fn row(told: bool, missing_entries: u64, photos: (u64, u64), others: (u64, u64)) -> DeviceRow {
    let files = |(here, named)| NamedFiles { here, named };
    DeviceRow {
        told_at: told.then_some(Timestamp::MAX),
        entries: EntryCount { here: 3, missing: missing_entries },
        photos: files(photos),
        other_files: files(others),
        ..DeviceRow::new(None)
    }
}

#[test]
fn complete_is_said_only_of_what_was_told_and_is_all_here() {
    for (told, entries, photos, others, standing) in [
        (true, 0, (0, 0), (0, 0), Standing::Complete),
        (true, 0, (30, 30), (1, 1), Standing::Complete),
        (true, 0, (22, 30), (1, 1), Standing::Missing),
        (true, 0, (30, 30), (0, 1), Standing::Missing),
        (true, 1, (30, 30), (1, 1), Standing::Missing),
        (false, 0, (30, 30), (1, 1), Standing::Unknown),
        (false, 0, (0, 0), (0, 0), Standing::Unknown),
        (false, 0, (29, 30), (0, 0), Standing::Missing),
    ] {
        let row = row(told, entries, photos, others);
        assert_eq!(row.stands(), standing, "{row:?}");
    }
}
