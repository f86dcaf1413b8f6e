//! Files on a real disk that are damaged, gone, and brought again.

use std::{fs, path::Path, time::UNIX_EPOCH};

use chasqui_shared::{Author, Change, Draft, MediaRef, RecordId, Role, Timestamp, write};
use proptest::prelude::*;
use redb::backends::InMemoryBackend;

use super::*;
use crate::{
    media::{Media, MediaCounter, MediaCounts},
    store::Store,
};

fn hash(file: &[u8]) -> ContentHash {
    ContentHash(*blake3::hash(file).as_bytes())
}

fn open(directory: &Path) -> Blobs {
    Blobs::open(directory).unwrap()
}

fn adopt(directory: &Path, blobs: &Blobs, file: &[u8]) {
    let path = directory.join("part");
    fs::write(&path, file).unwrap();
    blobs.adopt(&path, hash(file), UNIX_EPOCH).unwrap();
    assert!(!path.exists());
}

/// A store with one record that names these files.
fn naming(files: &[&[u8]]) -> Store {
    let store = Store::open_with(InMemoryBackend::new()).unwrap();
    let mut media: Vec<_> = files
        .iter()
        .map(|file| MediaRef {
            hash: hash(file),
            bytes: file.len() as u64,
            media_type: "image/jpeg".into(),
            name: "a.jpg".into(),
        })
        .collect();
    media.sort();
    let recorded = store.write_blocking(1, move |log| {
        let (log_writer, now) = (log.log_writer().clone(), Timestamp::from_millis(0));
        let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
        let draft = Draft { category: "fire".into(), media: media.clone(), ..Draft::default() };
        let version = draft.version(log, RecordId([1; 16]), Change::Edit, by)?;
        write(log, &log_writer, version.encode().unwrap())
    });
    recorded.unwrap();
    store
}

fn report(store: &Store, blobs: &Blobs) -> FilesReport {
    FilesReport::hash(blobs).compare(&store.view().unwrap(), blobs).unwrap()
}

fn list(files: &[&[u8]]) -> FileList {
    let mut hashes: Vec<_> = files.iter().map(|file| hash(file)).collect();
    hashes.sort();
    FileList { count: hashes.len() as u64, hashes }
}

#[test]
fn a_damaged_file_is_set_aside_and_not_here_until_it_comes_again() {
    let directory = tempfile::tempdir().unwrap();
    let (at, store) = (directory.path(), naming(&[b"sound", b"photo"]));
    let mut blobs = open(at);
    adopt(at, &blobs, b"photo");
    adopt(at, &blobs, b"sound");
    assert!(report(&store, &blobs).is_whole());

    fs::write(blobs.path(hash(b"photo")), b"phot0").unwrap();
    for _ in ["at once", "after a restart"] {
        let found = report(&store, &blobs);
        assert!(!found.is_whole());
        assert_eq!((&found.damaged, &found.missing), (&list(&[b"photo"]), &list(&[b"photo"])));
        assert_eq!((found.files, found.bytes), (1, 5));
        assert!(!blobs.holds(hash(b"photo")) && !blobs.acknowledge(hash(b"photo"), UNIX_EPOCH));
        let aside = at.join("damaged").join(hash(b"photo").to_string());
        assert_eq!(fs::read(aside).unwrap(), b"phot0");
        blobs = open(at);
    }

    adopt(at, &blobs, b"photo");
    for _ in ["at once", "after a restart"] {
        let found = report(&store, &blobs);
        assert!(found.is_whole() && blobs.damaged().is_empty());
        assert_eq!((found.files, found.missing), (2, FileList::default()));
        blobs = open(at);
    }
    assert_eq!(fs::read_dir(at.join("damaged")).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_gone_is_missing_and_one_that_nothing_names_is_unknown() {
    let directory = tempfile::tempdir().unwrap();
    let (at, store) = (directory.path(), naming(&[b"photo"]));
    let blobs = open(at);
    adopt(at, &blobs, b"photo");
    adopt(at, &blobs, b"nobody's");
    fs::remove_file(blobs.path(hash(b"photo"))).unwrap();
    let before = blobs.changes();
    let found = report(&store, &blobs);
    assert_eq!((found.missing, found.unknown), (list(&[b"photo"]), list(&[b"nobody's"])));
    assert_eq!((found.files, found.damaged.count), (1, 0));
    assert!(!blobs.holds(hash(b"photo")));
    assert_eq!(blobs.changes(), before + 1);
}

#[test]
fn a_power_cut_between_coming_again_and_leaving_the_place_aside_leaves_a_whole_file() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let blobs = open(at);
    adopt(at, &blobs, b"photo");
    let aside = at.join("damaged").join(hash(b"photo").to_string());
    fs::create_dir(at.join("damaged")).unwrap();
    fs::write(&aside, b"phot0").unwrap();
    let blobs = open(at);
    assert!(blobs.holds(hash(b"photo")) && blobs.damaged().is_empty());
    assert!(aside.exists(), "a start removes nothing");
    assert!(FilesReport::hash(&blobs).is_whole() && !aside.exists());
}

#[test]
fn so_many_files_are_listed_and_the_others_are_counted() {
    let mut list = FileList::default();
    for _ in 0..=limits::DAMAGE_LISTED_MAX {
        list.push(ContentHash([1; 32]));
    }
    assert_eq!(list.count, limits::DAMAGE_LISTED_MAX as u64 + 1);
    assert_eq!(list.hashes.len(), limits::DAMAGE_LISTED_MAX);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever comes, is damaged, goes and is asked about: what is told is what is on the disk,
    /// after a restart too.
    #[test]
    fn n_of_m_is_what_is_on_the_disk(steps in proptest::collection::vec((0u8..4, 0u8..6), 0..24)) {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path().join("media");
        fs::create_dir(&at).unwrap();
        let files: Vec<Vec<u8>> = (0..6u8).map(|number| vec![number; 3 + usize::from(number)]).collect();
        let named: Vec<&[u8]> = files[..4].iter().map(Vec::as_slice).collect();
        let (store, mut media_counter) = (naming(&named), MediaCounter::default());
        let mut media = Media::open(at.clone(), 0, UNIX_EPOCH).unwrap();
        for (step, number) in steps {
            let file = &files[usize::from(number)];
            let path = media.blobs().path(hash(file));
            match step {
                0 => adopt(&at, media.blobs(), file),
                1 if path.exists() => {
                    fs::write(&path, b"damaged").unwrap();
                    FilesReport::hash(media.blobs());
                }
                2 if path.exists() => {
                    fs::remove_file(&path).unwrap();
                    FilesReport::hash(media.blobs());
                }
                3 => {
                    media = Media::open(at.clone(), 0, UNIX_EPOCH).unwrap();
                    media_counter = MediaCounter::default();
                }
                _ => {}
            }
            let on_disk = |file: &&&[u8]| fs::read(media.blobs().path(hash(file))).is_ok_and(|read| read == **file);
            let (here, missing): (Vec<&&[u8]>, Vec<_>) = named.iter().partition(on_disk);
            let bytes = |files: &[&&[u8]]| files.iter().map(|file| file.len() as u64).sum::<u64>();
            let expected = MediaCounts {
                named: 4,
                here: here.len() as u64,
                missing_bytes: bytes(&missing),
                here_bytes: bytes(&here),
            };
            let told = media_counter.of(&store.view().unwrap(), media.blobs()).unwrap();
            prop_assert_eq!(told, expected);
        }
    }
}
