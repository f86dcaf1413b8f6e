//! Data directories whose database is lost, empty, cut, older or from elsewhere, as they come back
//! from a crash or a stick.

use std::{fs, path::Path};

use chasqui_harness::{hash, on_ports::Laptop};
use chasqui_server::store::{FILE_NAME, Store, StoreError};
use tempfile::TempDir;

const PHOTO: &[u8] = b"a photo that a phone has freed";

/// The data of a laptop that served, with one photo; `older` is its database from before.
fn served() -> (TempDir, Vec<u8>) {
    let laptop = Laptop::start();
    laptop.observe("1", "before");
    let directory = laptop.stop();
    let older = fs::read(directory.path().join(FILE_NAME)).unwrap();
    let laptop = Laptop::start_in(directory);
    laptop.upload(PHOTO);
    laptop.observe("2", "after");
    (laptop.stop(), older)
}

fn photo_is_there(directory: &Path) -> bool {
    let name = hash(PHOTO);
    let path = directory.join(format!("media/blobs/{}/{name}", &name[..2]));
    fs::read(path).is_ok_and(|read| read == PHOTO)
}

#[test]
fn no_project_begins_unasked_where_the_database_is_lost() {
    type Damage = (&'static str, fn(&Path, &[u8]));
    let damages: [Damage; 5] = [
        ("moved away", |path, _| fs::remove_file(path).unwrap()),
        ("0 bytes", |path, _| fs::write(path, b"").unwrap()),
        ("zeros", |path, bytes| fs::write(path, vec![0; bytes.len()]).unwrap()),
        ("cut", |path, bytes| fs::write(path, &bytes[..bytes.len() / 3]).unwrap()),
        ("a database of nobody", |path, _| {
            fs::remove_file(path).unwrap();
            drop(redb::Database::create(path).unwrap());
        }),
    ];
    let (directory, _) = served();
    let path = directory.path().join(FILE_NAME);
    let whole = fs::read(&path).unwrap();
    for (what, damage) in damages {
        damage(&path, &whole);
        let left = fs::read(&path).ok();
        let refused = Store::open(directory.path()).unwrap_err();
        let is_lost = matches!(refused, StoreError::DatabaseMissing);
        assert!(is_lost || matches!(refused, StoreError::Unreadable), "{what}: {refused:?}");
        assert!(refused.to_string().contains("chasqui sync"), "{what}");
        if what == "moved away" || what == "0 bytes" {
            assert!(is_lost && refused.to_string().contains("--begin-anew"), "{what}");
            assert_eq!(fs::read(&path).ok(), left, "{what}: nothing was made");
        }
        assert!(photo_is_there(directory.path()), "{what}");
        fs::write(&path, &whole).unwrap();
        drop(Store::open(directory.path()).unwrap());
    }
}

#[test]
fn who_says_so_begins_anew_beside_all_that_is_there() {
    let (directory, _) = served();
    fs::remove_file(directory.path().join(FILE_NAME)).unwrap();
    let begun = Store::begin_anew(directory.path()).unwrap();
    assert_eq!(begun.committed().counts.entries, 0);
    drop(begun);
    let laptop = Laptop::start_in(directory);
    assert_eq!(laptop.file(&hash(PHOTO)).as_deref(), Some(PHOTO));
    assert!(photo_is_there(laptop.stop().path()));
}

#[test]
fn an_older_database_beside_newer_photos_keeps_them_all() {
    let (directory, older) = served();
    fs::write(directory.path().join(FILE_NAME), older).unwrap();
    let laptop = Laptop::start_in(directory);
    assert_eq!(laptop.notes(), ["before"]);
    assert_eq!(laptop.file(&hash(PHOTO)).as_deref(), Some(PHOTO));
    assert!(photo_is_there(laptop.stop().path()));
}

#[test]
fn a_fresh_directory_and_one_whose_first_start_was_cut_begin_as_ever() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join(FILE_NAME), b"").unwrap();
    drop(Store::open(directory.path()).unwrap());
    let begun = Laptop::start_in(directory);
    assert_eq!(begun.notes(), Vec::<String>::new());
}
