//! Files on a real disk, at times of the test's own.

use std::time::UNIX_EPOCH;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn hash() -> ContentHash {
    ContentHash(*blake3::hash(b"a photo").as_bytes())
}

/// A directory with one file, which came at the beginning of time.
fn with_file() -> (tempfile::TempDir, Blobs) {
    let directory = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(directory.path()).unwrap();
    let part = directory.path().join("part");
    fs::write(&part, b"a photo").unwrap();
    File::options().write(true).open(&part).unwrap().set_modified(UNIX_EPOCH).unwrap();
    blobs.adopt(&part, hash(), UNIX_EPOCH).unwrap();
    (directory, blobs)
}

fn written_down(blobs: &Blobs) -> SystemTime {
    fs::metadata(blobs.path(hash())).unwrap().modified().unwrap()
}

#[test]
fn when_a_file_was_asked_for_is_written_down_once_a_day() {
    let (_directory, blobs) = with_file();
    let day = UNIX_EPOCH + limits::ACKNOWLEDGED_TIME;
    assert!(blobs.acknowledge(hash(), day - SECOND));
    assert_eq!(written_down(&blobs), UNIX_EPOCH);
    assert!(blobs.acknowledge(hash(), day));
    assert_eq!(written_down(&blobs), day);
    assert!(blobs.acknowledge(hash(), day + limits::ACKNOWLEDGED_TIME - SECOND));
    assert_eq!(written_down(&blobs), day);
}

#[test]
fn a_file_that_comes_twice_is_there_once_and_counts_as_asked_for() {
    let (directory, blobs) = with_file();
    let part = directory.path().join("part");
    fs::write(&part, b"a photo").unwrap();
    let (changes, late) = (blobs.changes(), UNIX_EPOCH + limits::ORPHAN_KEPT_TIME);
    assert_eq!(blobs.forgotten(late), [hash()]);
    blobs.adopt(&part, hash(), late).unwrap();
    assert!(!part.exists() && blobs.forgotten(late).is_empty());
    assert!(!blobs.remove_forgotten(hash(), late).unwrap());
    assert_eq!(blobs.changes(), changes);
    assert_eq!(blobs.here().collect::<Vec<_>>(), [hash()]);
    assert_eq!(blobs.bytes_of(hash()), Some(7));
}

#[test]
fn a_file_that_is_not_here_is_neither_told_of_nor_removed_nor_set_aside() {
    let (directory, blobs) = with_file();
    let other = ContentHash([1; 32]);
    assert!(!blobs.acknowledge(other, UNIX_EPOCH));
    assert!(!blobs.remove_forgotten(other, UNIX_EPOCH + limits::ORPHAN_KEPT_TIME).unwrap());
    blobs.set_aside(other).unwrap();
    assert!(blobs.damaged().is_empty() && !directory.path().join("damaged").exists());
    blobs.forget(hash());
    assert!(blobs.holds(hash()), "it is on the disk, and is not forgotten");
}

#[test]
fn a_damaged_file_that_comes_again_is_here_even_if_the_damaged_one_cannot_be_removed() {
    let (directory, blobs) = with_file();
    blobs.set_aside(hash()).unwrap();
    assert_eq!((blobs.holds(hash()), blobs.damaged()), (false, vec![hash()]));
    fs::remove_file(directory.path().join("damaged").join(hash().to_string())).unwrap();
    let (part, changes) = (directory.path().join("part"), blobs.changes());
    fs::write(&part, b"a photo").unwrap();
    blobs.adopt(&part, hash(), UNIX_EPOCH).unwrap();
    assert_eq!((blobs.holds(hash()), blobs.damaged()), (true, vec![]));
    assert_eq!(blobs.changes(), changes + 1);
}
