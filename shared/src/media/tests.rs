use super::*;
use crate::{
    Author, Change, Charter, Code, ContentHash, Epoch, LogWriter, MemoryLog, Role, Timestamp,
    VersionError, View, from_cbor, limits, to_cbor, write,
};

fn written(settings: &[Settings]) -> (MemoryLog, LogWriter) {
    let log_writer = LogWriter::new(&[7; 32], Epoch([1; 16]));
    let founder = log_writer.owner().device;
    let mut log = MemoryLog::new(Charter { founder, salt: Epoch([3; 16]) });
    for (at, settings) in settings.iter().enumerate() {
        let now = Timestamp::from_millis(at as i64);
        let by = Author { device: founder, role: Role::Manager, now };
        let Ok(version) = settings.draft().version(&log, Settings::record(), Change::Edit, by);
        let Ok(_) = write(&mut log, &log_writer, version.encode().unwrap());
    }
    (log, log_writer)
}

fn read(log: &MemoryLog) -> Settings {
    let Ok(view) = View::load(log, Settings::record());
    Settings::of_view(view.as_ref())
}

#[test]
fn settings_are_read_as_they_were_written_and_the_last_edit_counts() {
    let original = Settings { photos: Photos::Original };
    let small = Settings { photos: Photos::Scaled { pixels_max: 1_024, quality: 70 } };
    assert_eq!(read(&written(&[]).0), Settings::default());
    assert_eq!(read(&written(&[original]).0), original);
    assert_eq!(read(&written(&[original, small]).0), small);
}

#[test]
fn settings_out_of_their_limits_count_as_unsaid() {
    for photos in [
        Photos::Scaled { pixels_max: limits::PHOTO_PIXELS_MIN - 1, quality: 85 },
        Photos::Scaled { pixels_max: limits::PHOTO_PIXELS_MAX + 1, quality: 85 },
        Photos::Scaled { pixels_max: 2_048, quality: 0 },
        Photos::Scaled { pixels_max: 2_048, quality: 101 },
    ] {
        assert!(!photos.is_sound());
        assert_eq!(read(&written(&[Settings { photos }]).0), Settings::default(), "{photos:?}");
    }
    for pixels_max in [limits::PHOTO_PIXELS_MIN, limits::PHOTO_PIXELS_MAX] {
        let photos = Photos::Scaled { pixels_max, quality: 100 };
        assert_eq!(read(&written(&[Settings { photos }]).0).photos, photos);
    }
}

#[test]
fn a_monitor_writes_no_settings() {
    let (log, log_writer) = written(&[]);
    let now = Timestamp::from_millis(0);
    let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
    let draft = Settings::default().draft();
    let Ok(version) = draft.version(&log, Settings::record(), Change::Edit, by);
    assert_eq!(version.encode(), Err(VersionError::ManagersOnly));
    assert_eq!(VersionError::ManagersOnly.code(), Code::VersionForbidden);
}

#[test]
fn a_question_for_more_files_than_the_limit_is_refused() {
    let question = |count: usize| {
        let hashes = vec![ContentHash([5; 32]); count];
        StoredRequest { hashes, to_free: false }
    };
    let most = to_cbor(&question(limits::HELD_MAX)).unwrap();
    assert_eq!(from_cbor::<StoredRequest>(&most), Ok(question(limits::HELD_MAX)));
    let more = to_cbor(&question(limits::HELD_MAX + 1)).unwrap();
    assert!(from_cbor::<StoredRequest>(&more).is_err());
}
