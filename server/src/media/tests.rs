//! Uploads over a real directory, at times of the test's own.

use std::{
    collections::BTreeSet,
    fs, io,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chasqui_shared::{ContentHash, DeviceId, limits as shared_limits};

use super::{uploads::Promised, *};
use crate::limits;

const NOW: SystemTime = UNIX_EPOCH;

fn announced(bytes: &[u8]) -> Announced {
    let hash = Some(ContentHash(*blake3::hash(bytes).as_bytes()));
    Announced { length: bytes.len() as u64, hash, ..Announced::default() }
}

fn open(directory: &Path) -> Arc<Media> {
    Arc::new(Media::open(directory.join("media"), 0, NOW).unwrap())
}

fn begin(media: &Media, announced: Announced) -> Arc<Upload> {
    match media.begin(None, announced, NOW).unwrap() {
        Begun::Upload(upload) => upload,
        Begun::Held(hash) => panic!("{hash} is held"),
    }
}

fn open_writer(media: &Arc<Media>, upload: &Arc<Upload>, at: u64) -> Result<Writer, MediaError> {
    Writer::open(media.clone(), upload.clone(), upload.turns.free()?, at, None, NOW)
}

fn write(media: &Arc<Media>, upload: &Arc<Upload>, at: u64, bytes: &[u8]) -> Taken {
    let mut writer = open_writer(media, upload, at).unwrap();
    writer.take(bytes, NOW).unwrap();
    writer.finish(NOW).unwrap()
}

#[test]
fn room_is_promised_to_an_upload_for_an_hour_after_bytes_came() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    let (own, others) = (|own| Promised { own, others: 0 }, |others| Promised { own: 0, others });
    let last = NOW + limits::PROMISE_TIME - Duration::from_secs(1);
    let phone = Some(DeviceId([1; 32]));
    assert_eq!(media.uploads.promised(None, "", last), own(5));
    assert_eq!(media.uploads.promised(None, upload.id(), last), own(0));
    assert_eq!(media.uploads.promised(phone, "", last), others(5));
    assert_eq!(media.uploads.promised(phone, "", NOW + limits::PROMISE_TIME), others(0));
    let mut writer = open_writer(&media, &upload, 0).unwrap();
    writer.take(b"he", last).unwrap();
    writer.finish(last).unwrap();
    let later = last + limits::PROMISE_TIME;
    assert_eq!(media.uploads.promised(phone, "", later - Duration::from_secs(1)), others(3));
    assert_eq!(media.uploads.promised(phone, "", later), others(0));
}

#[test]
fn an_upload_whose_room_was_given_away_goes_on_only_if_there_is_room_again() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    write(&media, &upload, 0, b"he");
    let full = Arc::new(Media::open(directory.path().join("media"), u64::MAX, NOW).unwrap());
    let upload = full.find(None, upload.id(), NOW).unwrap();
    let open_at = |now| {
        Writer::open(full.clone(), upload.clone(), upload.turns.free().unwrap(), 2, None, now)
    };
    assert!(open_at(NOW + limits::PROMISE_TIME - Duration::from_secs(1)).is_ok());
    let refused = open_at(NOW + limits::PROMISE_TIME).unwrap_err();
    assert!(matches!(refused, MediaError::DiskReserve), "{refused:?}");
    assert_eq!(upload.offset(), 2, "what came stays");
}

#[test]
fn what_a_device_announces_leaves_room_to_others() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let begin = |device: u8, number: u64, length: u64| {
        let mut hash = [device; 32];
        hash[..8].copy_from_slice(&number.to_be_bytes());
        let hash = Some(ContentHash(hash));
        let announced = Announced { length, hash, ..Announced::default() };
        media.begin(Some(DeviceId([device; 32])), announced, NOW)
    };
    let film = shared_limits::MEDIA_BYTES_MAX.min(media.room_bytes().unwrap() / 4);
    let refused = (0..64).filter(|number| begin(1, *number, film).is_err()).count();
    assert!(refused > 0, "the room is not one device's");
    assert!(!media.is_full(NOW).unwrap(), "nothing came yet");
    assert!(begin(2, 0, film).is_ok());
}

#[tokio::test]
async fn uploads_of_a_device_that_is_put_out_end_with_their_files_and_others_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let [gone, other] = [1, 2].map(|device| Some(DeviceId([device; 32])));
    let begin = |owner, bytes: &[u8]| match media.begin(owner, announced(bytes), NOW).unwrap() {
        Begun::Upload(upload) => upload,
        Begun::Held(hash) => panic!("{hash} is held"),
    };
    let [idle, written, stays] =
        [(gone, b"one"), (gone, b"two"), (other, b"six")].map(|(owner, bytes)| begin(owner, bytes));
    let mut writer = open_writer(&media, &written, 0).unwrap();
    writer.take(b"t", NOW).unwrap();
    let ending = tokio::spawn({
        let media = media.clone();
        async move { media.end_uploads(DeviceId([1; 32])).await }
    });
    // Who writes is told, and ends with what came.
    writer.wanted().await;
    assert!(writer.take(b"w", NOW).is_err());
    writer.cut(NOW).unwrap();
    ending.await.unwrap();
    for upload in [idle, written] {
        let found = media.find(gone, upload.id(), NOW);
        assert!(matches!(found, Err(MediaError::Unknown)));
    }
    assert_eq!(media.find(other, stays.id(), NOW).unwrap().length(), 3);
    assert_eq!(media.uploaders(), BTreeSet::from([DeviceId([2; 32])]));
    drop(media);
    let again = open(directory.path());
    assert_eq!(again.uploaders(), BTreeSet::from([DeviceId([2; 32])]), "nothing came back");
    let files = std::fs::read_dir(directory.path().join("media/uploads")).unwrap();
    assert_eq!(files.count(), 2);
}

#[test]
fn an_upload_goes_on_after_a_restart_and_becomes_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    assert_eq!(write(&media, &upload, 0, b"he"), Taken::Part(2));
    // Written, and the power went before it was durable.
    let mut writer = open_writer(&media, &upload, 2).unwrap();
    writer.take(b"XX", NOW).unwrap();
    drop((writer, upload, media));

    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    assert_eq!(upload.offset(), 2);
    let hash = announced(b"hello").hash.unwrap();
    assert_eq!(write(&media, &upload, 2, b"llo"), Taken::Whole(hash));
    assert_eq!(fs::read(media.path(hash).unwrap()).unwrap(), b"hello");
    drop((upload, media));
    assert!(open(directory.path()).holds(hash));
    assert_eq!(fs::read_dir(directory.path().join("media/uploads")).unwrap().count(), 0);
}

#[test]
fn a_file_all_of_which_came_before_the_cut_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    let turn = Writer::free_turn(&upload).unwrap();
    let mut writer = Writer::open(media.clone(), upload.clone(), turn, 0, None, NOW).unwrap();
    writer.take(b"hello", NOW).unwrap();
    writer.cut(NOW).unwrap();
    assert!(media.holds(announced(b"hello").hash.unwrap()));
    assert!(matches!(media.find(None, upload.id(), NOW), Err(MediaError::Unknown)));
}

#[test]
fn what_an_upload_became_is_told_while_the_file_is_here() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let hash = announced(b"hello").hash.unwrap();
    let upload = begin(&media, announced(b"hello"));
    assert_eq!(media.finished(None, upload.id(), NOW), None);
    write(&media, &upload, 0, b"hello");
    let became = Some(Finished { hash, length: 5, told: "".into() });
    assert_eq!(media.finished(None, upload.id(), NOW), became);
    media.blobs().set_aside(hash).unwrap();
    assert_eq!(media.finished(None, upload.id(), NOW), None);

    // It comes anew, and again by another.
    let anew = begin(&media, announced(b"hello"));
    assert_eq!(anew.id(), upload.id());
    let other = Announced { hash: None, ..announced(b"hello") };
    write(&media, &begin(&media, other), 0, b"hello");
    assert_eq!(media.finished(None, anew.id(), NOW), None, "this one goes on");
    write(&media, &anew, 0, b"hello");
    assert_eq!(media.finished(None, anew.id(), NOW), became);
}

#[test]
fn a_file_whose_sender_was_told_again_that_it_is_here_is_not_forgotten() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let hash = announced(b"hello").hash.unwrap();
    let upload = begin(&media, announced(b"hello"));
    write(&media, &upload, 0, b"hello");
    let told_at = NOW + limits::UPLOAD_KEPT_TIME - Duration::from_secs(1);
    assert!(media.finished(None, upload.id(), told_at).is_some());
    assert!(!media.remove_orphan(hash, NOW + limits::ORPHAN_KEPT_TIME).unwrap());
    assert!(media.remove_orphan(hash, told_at + limits::ORPHAN_KEPT_TIME).unwrap());
}

#[tokio::test]
async fn a_file_that_was_damaged_and_came_again_is_previewed_anew() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let mut dot = io::Cursor::new(Vec::new());
    image::RgbImage::new(1, 1).write_to(&mut dot, image::ImageFormat::Png).unwrap();
    let dot = dot.into_inner();
    let hash = announced(&dot).hash.unwrap();
    let path = media.blobs().path(hash);
    let send = || write(&media, &begin(&media, announced(&dot)), 0, &dot);
    assert_eq!(send(), Taken::Whole(hash));
    fs::write(&path, b"damaged").unwrap();
    assert_eq!(media.preview(hash, path.clone()).await, Err(PreviewError::Impossible));
    media.blobs().set_aside(hash).unwrap();
    assert_eq!(send(), Taken::Whole(hash));
    assert!(media.preview(hash, path).await.is_ok());
}

#[test]
fn no_upload_says_that_all_is_durable_before_the_file_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let bytes = vec![7; limits::UPLOAD_UNSYNCED_BYTES_MAX as usize];
    let upload = begin(&media, announced(&bytes));
    let turn = Writer::free_turn(&upload).unwrap();
    let mut writer = Writer::open(media.clone(), upload.clone(), turn, 0, None, NOW).unwrap();
    writer.take(&bytes, NOW).unwrap();
    assert_eq!(upload.offset(), 0);
    assert!(matches!(writer.finish(NOW), Ok(Taken::Whole(_))));
}

#[test]
fn a_file_that_is_not_the_one_that_was_named_is_thrown_away() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    let mut writer = open_writer(&media, &upload, 0).unwrap();
    writer.take(b"jello", NOW).unwrap();
    assert!(matches!(writer.finish(NOW), Err(MediaError::HashWrong)));
    assert!(matches!(media.find(None, upload.id(), NOW), Err(MediaError::Unknown)));
    assert!(!directory.path().join("media/blobs").exists());
}

#[test]
fn an_upload_whose_durable_bytes_are_gone_is_begun_anew() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, Announced { hash: None, ..announced(b"hello") });
    assert_eq!(write(&media, &upload, 0, b"hel"), Taken::Part(3));
    fs::write(upload.part(), b"he").unwrap();
    assert!(matches!(open_writer(&media, &upload, 3), Err(MediaError::Unknown)));
    assert!(matches!(media.find(None, upload.id(), NOW), Err(MediaError::Unknown)));
    assert!(!upload.part().exists());
}

#[test]
fn an_upload_is_given_up_when_nobody_goes_on_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    let last = NOW + limits::UPLOAD_KEPT_TIME - Duration::from_secs(1);
    assert!(media.find(None, upload.id(), last).is_ok());
    let late = NOW + limits::UPLOAD_KEPT_TIME;
    assert!(matches!(media.find(None, upload.id(), late), Err(MediaError::Expired)));
    media.begin(None, announced(b"another"), late).unwrap();
    assert!(matches!(media.find(None, upload.id(), late), Err(MediaError::Unknown)));
    assert!(!upload.part().exists());
}

#[test]
fn two_who_begin_at_once_have_one_upload_and_must_agree_on_its_length() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let first = begin(&media, announced(b"hello"));
    // Each saw that there was none before the other began.
    let second = media.uploads.begin(None, announced(b"hello"), NOW).unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    let shorter = Announced { length: 4, ..announced(b"hello") };
    let third = media.uploads.begin(None, shorter, NOW);
    assert!(matches!(third, Err(MediaError::LengthDiffers)));
}

#[test]
fn one_owner_has_so_many_uploads_and_no_more() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let nameless = Announced { hash: None, ..announced(b"hello") };
    for _ in 0..limits::UPLOADS_OF_ONE_MAX {
        begin(&media, nameless.clone());
    }
    let more = media.begin(None, nameless.clone(), NOW);
    assert!(matches!(more, Err(MediaError::TooMany)));
    assert!(media.begin(Some(DeviceId([1; 32])), nameless, NOW).is_ok());
}

#[test]
fn the_disk_keeps_its_reserve() {
    let directory = tempfile::tempdir().unwrap();
    let media = Media::open(directory.path().join("media"), u64::MAX, NOW).unwrap();
    let refused = media.begin(None, announced(b"hello"), NOW);
    assert!(matches!(refused, Err(MediaError::DiskReserve)));
}

#[test]
fn two_never_write_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let media = open(directory.path());
    let upload = begin(&media, announced(b"hello"));
    let first = open_writer(&media, &upload, 0).unwrap();
    let second = open_writer(&media, &upload, 0);
    assert!(matches!(second, Err(MediaError::Busy)));
    drop(first);
    assert!(open_writer(&media, &upload, 0).is_ok());
}
