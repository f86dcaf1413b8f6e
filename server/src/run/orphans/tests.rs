//! What goes and what stays when the time of grace is over, at times of the test's own.

mod damage;

use std::{
    fs,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use chasqui_shared::{
    Author, Change, ContentHash, Draft, MediaRef, RecordId, Role, Timestamp, write,
};

use super::*;
use crate::media::{Announced, Begun, PreviewError, Writer};

const FILE: &[u8] = b"a photo";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A store without records, and a directory of files with one in it, which came on the first day.
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
    Announced { length: FILE.len() as u64, hash: Some(hash()), ..Announced::default() }
}

fn day(number: u32) -> SystemTime {
    UNIX_EPOCH + DAY * number
}

/// The first day on which the time of grace of a file is over that came on the first day.
const GRACE: u32 = 30;

impl Laptop {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let media = open(directory.path());
        let laptop = Self { store: Store::open(directory.path()).unwrap(), media, directory };
        laptop.upload(UNIX_EPOCH);
        laptop
    }

    /// The file comes; the disk says when.
    fn upload(&self, now: SystemTime) {
        let Begun::Upload(upload) = self.media.begin(None, announced(), now).unwrap() else {
            panic!("nothing is held yet")
        };
        let turn = Writer::free_turn(&upload).unwrap();
        let mut writer = Writer::open(self.media.clone(), upload, turn, 0, None, now).unwrap();
        writer.take(FILE, now).unwrap();
        writer.finish(now).unwrap();
        assert!(self.media.blobs().acknowledge(hash(), now));
    }

    async fn record(&self) {
        self.record_other(1, vec![named()]).await;
    }

    async fn record_other(&self, record: u8, media: Vec<MediaRef>) {
        let recorded = self.store.write(1, move |log| {
            let (log_writer, now) = (log.log_writer().clone(), Timestamp::from_millis(0));
            let by = Author { device: log_writer.owner().device, role: Role::Monitor, now };
            let media = media.clone();
            let draft = Draft { category: "fire".into(), media, ..Draft::default() };
            let version = draft.version(log, RecordId([record; 16]), Change::Edit, by)?;
            write(log, &log_writer, version.encode().unwrap())
        });
        recorded.await.unwrap();
    }

    async fn look(&self, now: SystemTime) -> Tidied {
        let done = tidy(&self.store, &self.media, now).await.unwrap();
        let path = self.media.blobs().path(hash());
        assert_eq!(path.exists(), self.media.blobs().holds(hash()), "memory and disk agree");
        done
    }

    /// Looks once a day; what was done in all.
    async fn look_on(&self, days: std::ops::Range<u32>) -> Tidied {
        let mut all = Tidied::default();
        for number in days {
            let Tidied { removed, deleted, brought_back } = self.look(day(number)).await;
            all.removed += removed;
            all.deleted += deleted;
            all.brought_back += brought_back;
        }
        all
    }

    fn restart(self) -> Self {
        let Laptop { store, directory, .. } = self;
        drop(store);
        let store = Store::open(directory.path()).unwrap();
        Self { store, media: open(directory.path()), directory }
    }

    fn is_aside(&self) -> bool {
        self.directory.path().join("media/removed").join(hash().to_string()).exists()
    }
}

fn named() -> MediaRef {
    MediaRef {
        hash: hash(),
        bytes: FILE.len() as u64,
        media_type: "image/jpeg".into(),
        name: "a.jpg".into(),
    }
}

const REMOVED: Tidied = Tidied { removed: 1, deleted: 0, brought_back: 0 };
const DELETED: Tidied = Tidied { removed: 0, deleted: 1, brought_back: 0 };

#[tokio::test]
async fn a_file_that_nothing_names_stays_for_its_grace_stands_aside_as_long_and_is_gone_then() {
    let laptop = Laptop::new();
    assert_eq!(laptop.look_on(0..GRACE).await, Tidied::default());
    assert_eq!(laptop.look(day(GRACE)).await, REMOVED);
    assert!(!laptop.media.blobs().holds(hash()) && laptop.is_aside());
    let laptop = laptop.restart();
    assert_eq!(laptop.look_on(GRACE + 1..2 * GRACE + 1).await, DELETED);
    assert!(!laptop.is_aside());
    assert_eq!(laptop.media.unnamed().all().unwrap(), []);
}

#[tokio::test]
async fn nothing_goes_at_a_start_however_often_and_late_that_is() {
    let mut laptop = Laptop::new();
    for number in [0, 40, 80, 400] {
        laptop = laptop.restart();
        assert_eq!(laptop.look(day(number)).await, Tidied::default());
        assert!(laptop.media.holds(hash()));
    }
}

#[tokio::test]
async fn a_clock_that_is_years_off_for_a_few_days_removes_and_deletes_nothing() {
    let laptop = Laptop::new();
    for number in [0, 15_000, 15_001, 15_002, 1] {
        assert_eq!(laptop.look(day(number)).await, Tidied::default());
    }
    let laptop = Laptop::new();
    assert_eq!(laptop.look_on(0..GRACE + 1).await, REMOVED);
    for number in [15_000, 15_001, 15_002, 3, GRACE + 2] {
        assert_eq!(laptop.look(day(number)).await.deleted, 0);
    }
    assert!(laptop.is_aside());
}

#[tokio::test]
async fn with_a_file_goes_what_is_kept_of_its_preview() {
    let laptop = Laptop::new();
    let path = laptop.media.path(hash()).unwrap();
    assert_eq!(laptop.media.preview(hash(), path).await, Err(PreviewError::Impossible));
    let kept = laptop.directory.path().join("media/previews").join(&hash().to_string()[..2]);
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 1);
    assert_eq!(laptop.look_on(0..GRACE + 1).await, REMOVED);
    assert_eq!(fs::read_dir(&kept).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_that_a_record_names_is_never_removed_whichever_came_first() {
    for comes_on in [0, 3, GRACE - 1] {
        let laptop = Laptop::new();
        assert_eq!(laptop.look_on(0..comes_on).await, Tidied::default());
        laptop.record().await;
        assert_eq!(laptop.look_on(comes_on..5 * GRACE).await, Tidied::default());
        assert!(laptop.media.holds(hash()));
    }
}

#[tokio::test]
async fn a_file_that_stands_aside_comes_back_when_a_record_names_it_or_somebody_asks() {
    let brought_back = Tidied { brought_back: 1, ..Tidied::default() };
    for late in [GRACE + 1, 2 * GRACE - 1] {
        let laptop = Laptop::new();
        assert_eq!(laptop.look_on(0..late).await, REMOVED);
        laptop.record().await;
        assert_eq!(laptop.look_on(late..5 * GRACE).await, brought_back);
        assert!(laptop.media.holds(hash()) && !laptop.is_aside());

        let laptop = Laptop::new();
        assert_eq!(laptop.look_on(0..late).await, REMOVED);
        assert!(laptop.media.blobs().acknowledge(hash(), day(late)), "a phone asks");
        assert!(!laptop.is_aside());
        // Its time begins anew.
        assert_eq!(laptop.look_on(late..late + GRACE).await, Tidied::default());
        assert_eq!(laptop.look(day(late + GRACE)).await, REMOVED);

        let laptop = Laptop::new();
        assert_eq!(laptop.look_on(0..late).await, REMOVED);
        let begun = laptop.media.begin(None, announced(), day(late)).unwrap();
        assert!(matches!(begun, Begun::Held(of) if of == hash()), "it needs not be sent again");
    }
}

#[tokio::test]
async fn a_record_that_comes_while_orphans_are_looked_for_keeps_its_file() {
    let laptop = Laptop::new();
    laptop.look_on(0..GRACE).await;
    // The record is written after the files were listed and before they would be removed.
    let listed = laptop.media.blobs().forgotten(day(GRACE));
    assert_eq!(listed, [hash()]);
    laptop.record().await;
    let (media, of_record) = (laptop.media.clone(), hash());
    let removed = laptop.store.write(0, move |log| {
        let is_named = log.names_media(of_record)?;
        Ok(!is_named && media.remove_orphan(of_record, day(GRACE)).unwrap())
    });
    assert!(!removed.await.unwrap());
    assert!(laptop.media.holds(hash()));
}

#[tokio::test]
async fn a_file_that_somebody_was_told_of_stays_for_another_grace_after_a_restart_too() {
    let laptop = Laptop::new();
    assert_eq!(laptop.look_on(0..GRACE - 1).await, Tidied::default());
    assert!(laptop.media.blobs().acknowledge(hash(), day(GRACE - 1)));
    let laptop = laptop.restart();
    assert_eq!(laptop.look_on(GRACE - 1..2 * GRACE - 1).await, Tidied::default());
    let again = day(2 * GRACE - 1) - Duration::from_secs(1);
    let begun = laptop.media.begin(None, announced(), again).unwrap();
    assert!(matches!(begun, Begun::Held(of) if of == hash()));
    assert_eq!(laptop.look_on(2 * GRACE - 1..3 * GRACE).await, REMOVED);
}

#[tokio::test]
async fn a_file_that_an_upload_names_stays_until_the_upload_is_over() {
    let laptop = Laptop::new();
    laptop.look_on(0..GRACE).await;
    let blob = laptop.media.blobs().path(hash());
    // As after a restart between the rename of one device's file and the end of another's upload of
    // the same.
    fs::rename(&blob, laptop.directory.path().join("elsewhere")).unwrap();
    let media = open(laptop.directory.path());
    let late = day(GRACE);
    let Begun::Upload(upload) = media.begin(None, announced(), late).unwrap() else {
        panic!("the file is away")
    };
    fs::rename(laptop.directory.path().join("elsewhere"), &blob).unwrap();
    drop(media);
    let laptop = laptop.restart();
    assert_eq!(laptop.look(late).await, Tidied::default());
    assert!(laptop.media.holds(hash()));
    drop(upload);
    // An upload that nobody goes on with is given up, and names nothing any more.
    let over = late + limits::UPLOAD_KEPT_TIME;
    let other = Announced { length: 1, ..Announced::default() };
    laptop.media.begin(None, other, over).unwrap();
    assert_eq!(laptop.look(over).await, REMOVED);
}

#[tokio::test]
async fn files_that_were_not_seen_to_come_are_nobodys_strays() {
    let laptop = Laptop::new();
    let shelf = laptop.directory.path().join("media/blobs/00");
    fs::create_dir(&shelf).unwrap();
    for number in 0..100 {
        let file = fs::File::create(shelf.join(format!("{number:064x}"))).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
    }
    let laptop = laptop.restart();
    assert_eq!(laptop.look_on(0..3 * GRACE).await, Tidied::default());
    assert_eq!(laptop.media.blobs().here().count(), 101);
}

#[tokio::test]
async fn a_clock_that_went_back_removes_nothing() {
    let laptop = Laptop::new();
    laptop.look_on(0..GRACE).await;
    assert!(laptop.media.blobs().acknowledge(hash(), day(2 * GRACE)));
    assert_eq!(laptop.look_on(0..GRACE).await, Tidied::default());
}
