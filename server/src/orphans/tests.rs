//! What goes and what stays when the time of grace is over, at times of the test's own.

use std::{
    fs,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use chasqui_shared::{
    Author, Change, ContentHash, Draft, MediaRef, RecordId, Role, Timestamp, write,
};
use redb::backends::InMemoryBackend;

use super::*;
use crate::media::{Announced, Begun, PreviewError, Writer};

const FILE: &[u8] = b"a photo";

/// A store without records, and a directory of files with one in it, which came at the beginning of time.
struct Laptop {
    store: Store,
    media: Arc<Media>,
    directory: tempfile::TempDir,
}

fn open(directory: &Path) -> Arc<Media> {
    Arc::new(Media::open(directory.join("media"), 0, UNIX_EPOCH).unwrap())
}

fn hash() -> ContentHash {
    ContentHash(*blake3::hash(FILE).as_bytes())
}

fn announced() -> Announced {
    Announced { length: FILE.len() as u64, hash: Some(hash()), name: None, media_type: None }
}

/// So many times of grace after the file came.
fn after(times: u32) -> SystemTime {
    UNIX_EPOCH + limits::ORPHAN_KEPT_TIME * times
}

fn grace() -> SystemTime {
    after(1)
}

impl Laptop {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let media = open(directory.path());
        let Begun::Upload(upload) = media.begin(None, announced(), UNIX_EPOCH).unwrap() else {
            panic!("nothing is held yet")
        };
        let turn = Writer::free_turn(&upload).unwrap();
        let mut writer = Writer::open(media.clone(), upload, turn, 0, None).unwrap();
        writer.take(FILE, UNIX_EPOCH).unwrap();
        writer.finish(UNIX_EPOCH).unwrap();
        let file = fs::File::options().write(true).open(media.blobs().path(hash())).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
        Self { store: Store::open_with(InMemoryBackend::new()).unwrap(), media, directory }
    }

    async fn record(&self) {
        let recorded = self.store.write(1, |log| {
            let media = MediaRef {
                hash: hash(),
                bytes: FILE.len() as u64,
                media_type: "image/jpeg".into(),
                name: "a.jpg".into(),
            };
            let (pen, now) = (log.pen().clone(), Timestamp::from_millis(0));
            let by = Author { device: pen.owner().device, role: Role::Monitor, now };
            let draft = Draft { category: "fire".into(), media: vec![media], ..Draft::default() };
            let version = draft.version(log, RecordId([1; 16]), Change::Edit, by)?;
            write(log, &pen, version.encode().unwrap())
        });
        recorded.await.unwrap();
    }

    async fn remove(&self, now: SystemTime) -> u64 {
        let removed = remove(&self.store, &self.media, now).await.unwrap();
        let path = self.media.blobs().path(hash());
        assert_eq!(path.exists(), self.media.holds(hash()), "memory and disk agree");
        removed
    }
}

#[tokio::test]
async fn a_file_that_nothing_names_stays_for_its_grace_and_goes_then() {
    let laptop = Laptop::new();
    assert_eq!(laptop.remove(grace() - Duration::from_secs(1)).await, 0);
    assert_eq!(laptop.media.blobs().changes(), 1);
    assert_eq!(laptop.remove(grace()).await, 1);
    assert!(!laptop.media.holds(hash()));
    assert_eq!(laptop.media.blobs().changes(), 2);
}

#[tokio::test]
async fn with_a_file_goes_what_is_kept_of_its_preview() {
    let laptop = Laptop::new();
    let path = laptop.media.path(hash()).unwrap();
    assert_eq!(laptop.media.preview(hash(), path).await, Err(PreviewError::Impossible));
    let kept = laptop.directory.path().join("media/previews").join(&hash().to_string()[..2]);
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 1);
    assert_eq!(laptop.remove(grace()).await, 1);
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_that_a_record_names_is_never_removed() {
    let laptop = Laptop::new();
    laptop.record().await;
    assert_eq!(laptop.remove(after(100)).await, 0);
    assert!(laptop.media.holds(hash()));
}

#[tokio::test]
async fn a_record_that_comes_while_orphans_are_looked_for_keeps_its_file() {
    let laptop = Laptop::new();
    // The record is written after the files were listed and before they would be removed.
    let listed = laptop.media.blobs().forgotten(grace());
    assert_eq!(listed, [hash()]);
    laptop.record().await;
    let (media, of_record) = (laptop.media.clone(), hash());
    let removed = laptop.store.write(0, move |log| {
        let is_named = log.names_media(of_record)?;
        Ok(!is_named && media.remove_orphan(of_record, grace()).unwrap())
    });
    assert!(!removed.await.unwrap());
    assert!(laptop.media.holds(hash()));
}

#[tokio::test]
async fn a_file_that_somebody_was_told_of_stays_for_another_grace_after_a_restart_too() {
    let laptop = Laptop::new();
    let told = grace() - Duration::from_secs(1);
    assert!(laptop.media.blobs().acknowledge(hash(), told));
    assert_eq!(laptop.remove(grace()).await, 0);
    let Laptop { store, directory, .. } = laptop;
    let media = open(directory.path());
    let laptop = Laptop { store, media, directory };
    assert_eq!(laptop.remove(told + limits::ORPHAN_KEPT_TIME - Duration::from_secs(1)).await, 0);

    let again = told + limits::ORPHAN_KEPT_TIME - Duration::from_secs(1);
    let begun = laptop.media.begin(None, announced(), again).unwrap();
    assert!(matches!(begun, Begun::Held(of) if of == hash()));
    assert_eq!(laptop.remove(told + limits::ORPHAN_KEPT_TIME).await, 0);
    assert_eq!(laptop.remove(again + limits::ORPHAN_KEPT_TIME).await, 1);
}

#[tokio::test]
async fn a_file_that_an_upload_names_stays_until_the_upload_is_over() {
    let laptop = Laptop::new();
    let blob = laptop.media.blobs().path(hash());
    // As after a restart between the rename of one device's file and the end of another's upload of the same.
    fs::rename(&blob, laptop.directory.path().join("elsewhere")).unwrap();
    let media = open(laptop.directory.path());
    let late = UNIX_EPOCH + limits::ORPHAN_KEPT_TIME;
    let Begun::Upload(upload) = media.begin(None, announced(), late).unwrap() else {
        panic!("the file is away")
    };
    fs::rename(laptop.directory.path().join("elsewhere"), &blob).unwrap();
    drop(media);
    let Laptop { store, directory, .. } = laptop;
    let laptop = Laptop { store, media: open(directory.path()), directory };
    assert_eq!(laptop.remove(late).await, 0);
    assert!(laptop.media.holds(hash()));
    drop(upload);
    // An upload that nobody goes on with is given up, and names nothing any more.
    let over = late + limits::UPLOAD_KEPT_TIME;
    let other = Announced { length: 1, hash: None, name: None, media_type: None };
    laptop.media.begin(None, other, over).unwrap();
    assert_eq!(laptop.remove(over).await, 1);
}

#[tokio::test]
async fn more_files_than_are_asked_about_at_once_go_all_the_same() {
    let laptop = Laptop::new();
    let Laptop { store, directory, .. } = laptop;
    let shelf = directory.path().join("media/blobs/00");
    fs::create_dir(&shelf).unwrap();
    for number in 0..limits::FILES_AT_ONCE {
        let file = fs::File::create(shelf.join(format!("{number:064x}"))).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
    }
    let laptop = Laptop { store, media: open(directory.path()), directory };
    laptop.record().await;
    assert_eq!(laptop.remove(grace()).await, limits::FILES_AT_ONCE as u64);
    assert_eq!(laptop.media.blobs().here().collect::<Vec<_>>(), [hash()]);
}

#[tokio::test]
async fn a_clock_that_went_back_removes_nothing() {
    let laptop = Laptop::new();
    assert!(laptop.media.blobs().acknowledge(hash(), after(2)));
    assert_eq!(laptop.remove(UNIX_EPOCH).await, 0);
}
