//! Files on a real disk, at times of the test's own.

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chasqui_shared::ContentHash;

use super::*;
use crate::limits;

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
    assert!(!blobs.remove(hash(), late).unwrap());
    assert_eq!(blobs.changes(), changes);
    assert_eq!(blobs.here().collect::<Vec<_>>(), [hash()]);
    assert_eq!(blobs.bytes_of(hash()), Some(7));
}

#[test]
fn a_file_that_is_not_here_is_neither_told_of_nor_removed_nor_set_aside() {
    let (directory, blobs) = with_file();
    let other = ContentHash([1; 32]);
    assert!(!blobs.acknowledge(other, UNIX_EPOCH));
    assert!(!blobs.remove(other, UNIX_EPOCH + limits::ORPHAN_KEPT_TIME).unwrap());
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

/// What a phone is told of a file is what is on the disk at that moment, whatever was done to it.
#[test]
fn a_file_that_is_gone_cut_grown_or_altered_is_not_told_to_be_here() {
    type Act = fn(&Path);
    let acts: [(&str, Act); 5] = [
        ("gone", |path| fs::remove_file(path).unwrap()),
        ("empty", |path| fs::write(path, b"").unwrap()),
        ("cut", |path| fs::write(path, b"a pho").unwrap()),
        ("grown", |path| fs::write(path, b"a photo and more").unwrap()),
        ("altered", |path| fs::write(path, b"a phot0").unwrap()),
    ];
    for (what, act) in acts {
        let (_directory, blobs) = with_file();
        assert!(blobs.acknowledge(hash(), UNIX_EPOCH));
        act(&blobs.path(hash()));
        let changes = blobs.changes();
        assert!(!blobs.acknowledge(hash(), UNIX_EPOCH), "{what}");
        assert!(!blobs.holds(hash()) && blobs.bytes_of(hash()).is_none(), "{what}");
        assert!(blobs.changes() > changes, "{what}: pages are told");
        assert!(!blobs.is_hashed(hash(), UNIX_EPOCH), "{what}");
    }
}

#[test]
fn a_file_that_was_only_touched_is_hashed_and_stays() {
    let (_directory, blobs) = with_file();
    fs::write(blobs.path(hash()), b"a photo").unwrap();
    assert!(blobs.acknowledge(hash(), UNIX_EPOCH) && blobs.damaged().is_empty());
    assert_eq!(blobs.hash_again(hash(), UNIX_EPOCH).unwrap(), Some(7));
}

#[test]
fn a_hash_proves_for_a_day_and_no_longer_and_a_clock_that_went_back_proves_nothing() {
    let (directory, blobs) = with_file();
    let late = UNIX_EPOCH + limits::HASHED_TIME;
    assert!(blobs.is_hashed(hash(), UNIX_EPOCH) && blobs.is_hashed(hash(), late - SECOND));
    assert!(!blobs.is_hashed(hash(), late));
    assert_eq!(blobs.hash_again(hash(), late).unwrap(), Some(7));
    assert!(blobs.is_hashed(hash(), late) && !blobs.is_hashed(hash(), UNIX_EPOCH));
    let again = Blobs::open(directory.path()).unwrap();
    assert!(again.holds(hash()) && !again.is_hashed(hash(), late), "a start has hashed nothing");
}

#[test]
fn a_file_that_could_not_be_read_is_not_here_until_it_was_hashed() {
    let (directory, blobs) = with_file();
    blobs.doubt(hash());
    assert!(!blobs.holds(hash()));
    assert!(blobs.look(hash(), UNIX_EPOCH) && blobs.holds(hash()));
    blobs.doubt(hash());
    fs::write(blobs.path(hash()), b"a phot0").unwrap();
    assert!(!blobs.look(hash(), UNIX_EPOCH));
    let blobs = Blobs::open(directory.path()).unwrap();
    assert!(!blobs.holds(hash()), "after a restart too");
    fs::write(blobs.path(hash()), b"a photo").unwrap();
    assert!(blobs.look(hash(), UNIX_EPOCH));
    assert!(Blobs::open(directory.path()).unwrap().holds(hash()));
}
