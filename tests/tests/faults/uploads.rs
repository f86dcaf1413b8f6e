//! Files on their way when the laptop is killed, when its disk is full, when two bring the same,
//! and when one is huge.

use std::{
    fs,
    io::Write,
    path::Path,
    sync::{
        Arc, Barrier,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use chasqui_harness::{Base, Device, hash, process::Laptop};
use serde_json::Value;

use crate::faults::{
    random,
    upload::{Reply, Upload, begin, file, offset, open_patch, patch},
};

const KILLS: usize = 20;
/// Longest time from the beginning of a file, or its going on, to the kill: some slices.
const MOMENT_MS_MAX: u64 = 120;
const PHONES: usize = 5;
const PHOTOS: usize = 300;
/// Photos that a phone sends at once.
const FLIGHTS: usize = 3;
const HUGE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
#[cfg(target_os = "linux")]
const HUGE_MEMORY_KIB_MAX: u64 = 100 * 1024;

#[test]
fn an_upload_goes_on_where_it_was_acknowledged_or_later_after_twenty_kills() {
    let mut random =
        random("an_upload_goes_on_where_it_was_acknowledged_or_later_after_twenty_kills");
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let mut laptop = Laptop::start(&data);
    let (mut kills, mut whole) = (0, 0);
    while kills < KILLS {
        let bytes = Arc::new(noise(&mut random));
        let name = hash(&bytes);
        let (mut acknowledged, sent) = (0, Arc::new(AtomicU64::new(0)));
        loop {
            let begun = begin(&laptop.base, &name, bytes.len() as u64).unwrap();
            let mut upload = Upload::of(&begun);
            let may_have_come = sent.load(Ordering::SeqCst);
            assert!(acknowledged <= upload.offset, "{acknowledged} of {}", upload.offset);
            assert!(upload.offset <= may_have_come, "{} of {may_have_come}", upload.offset);
            if begun.hash().is_some() {
                assert_eq!(file(&laptop.base, &name).unwrap(), *bytes);
                break;
            }
            if kills == KILLS {
                send(&laptop, &mut upload, &bytes, &sent, &mut random, &mpsc::channel().0);
                continue;
            }
            let moment = Duration::from_millis(random.u64(0..=MOMENT_MS_MAX));
            acknowledged = send_until_killed(laptop, upload, &bytes, &sent, moment, &mut random);
            kills += 1;
            laptop = Laptop::start(&data);
        }
        whole += 1;
    }
    eprintln!("{kills} kills, {whole} files whole");
    assert_eq!(names(&data.join("media/uploads")), [""; 0], "nothing is left of what is whole");
}

fn noise(random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = vec![0; random.usize(1..40_000_000)];
    random.fill(&mut bytes);
    bytes
}

/// Kills the laptop so long after the first bytes were sent; returns what it acknowledged.
fn send_until_killed(
    laptop: Laptop,
    mut upload: Upload,
    bytes: &Arc<Vec<u8>>,
    sent: &Arc<AtomicU64>,
    moment: Duration,
    random: &mut fastrand::Rng,
) -> u64 {
    let (answers, answered) = mpsc::channel();
    let killed_at = Instant::now() + moment;
    thread::scope(|scope| {
        let (bytes, sent, mut random) = (bytes.clone(), sent.clone(), random.fork());
        let sending = &laptop;
        let sender = scope.spawn(move || {
            send(sending, &mut upload, &bytes, &sent, &mut random, &answers);
            upload.offset
        });
        while answered.recv_timeout(killed_at.saturating_duration_since(Instant::now())).is_ok() {}
        laptop.kill_now();
        sender.join().unwrap()
    })
}

/// Sends slice after slice until the file is whole or the laptop is gone.
fn send(
    laptop: &Laptop,
    upload: &mut Upload,
    bytes: &[u8],
    sent: &AtomicU64,
    random: &mut fastrand::Rng,
    answers: &mpsc::Sender<()>,
) {
    while upload.offset < bytes.len() as u64 {
        let rest = &bytes[usize::try_from(upload.offset).unwrap()..];
        // As small as a phone's, and as large as makes the laptop keep some of it on the way.
        let slice_max = if random.bool() { 500_000 } else { 30_000_000 };
        let slice = random.usize(1..=slice_max).min(rest.len());
        let Ok(reply) = patch(&laptop.base, upload, &rest[..slice], sent) else { return };
        assert_eq!(reply.status, 204, "{reply:?}");
        upload.offset = reply.offset();
        // Nobody listens any more once the kill is on its way.
        let _ = answers.send(());
    }
}

#[test]
fn two_who_bring_the_same_photo_at_once_both_have_it_acknowledged_and_it_is_there_once() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let laptop = Laptop::start(&data);
    let phones = [1, 2].map(|number| Device::new(number, "a phone").pair_at(&laptop.base));
    let mut random = random(
        "two_who_bring_the_same_photo_at_once_both_have_it_acknowledged_and_it_is_there_once",
    );
    for _ in 0..10 {
        let mut photo = vec![0; random.usize(1..300_000)];
        random.fill(&mut photo);
        let (name, together) = (hash(&photo), Barrier::new(phones.len()));
        thread::scope(|scope| {
            for phone in &phones {
                scope.spawn(|| {
                    let mut upload = Upload::of(&begin(phone, &name, photo.len() as u64).unwrap());
                    let sent = AtomicU64::new(0);
                    let (first, last) = photo.split_at(photo.len() / 2);
                    upload.offset = patch(phone, &upload, first, &sent).unwrap().offset();
                    together.wait();
                    let whole = patch(phone, &upload, last, &sent).unwrap();
                    assert_eq!((whole.status, whole.hash()), (204, Some(&*name)));
                });
            }
        });
        assert_eq!(file(&laptop.base, &name).unwrap(), photo);
        let shelf = names(&data.join("media/blobs").join(&name[..2]));
        assert_eq!(shelf.iter().filter(|file| **file == name).count(), 1);
    }
    assert_eq!(names(&data.join("media/uploads")), [""; 0]);
}

#[test]
fn three_hundred_photos_from_five_phones_at_once_all_arrive_whole_in_bounded_memory() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let laptop = Laptop::start(&data);
    let phones: [Base; PHONES] = std::array::from_fn(|number| {
        Device::new(number as u16 + 1, "a phone").pair_at(&laptop.base)
    });
    let mut random =
        random("three_hundred_photos_from_five_phones_at_once_all_arrive_whole_in_bounded_memory");
    thread::scope(|scope| {
        for phone in &phones {
            for _ in 0..FLIGHTS {
                let (mut random, laptop) = (random.fork(), &laptop);
                scope.spawn(move || {
                    for _ in 0..PHOTOS / (PHONES * FLIGHTS) {
                        let mut photo = vec![0; random.usize(250_000..600_000)];
                        random.fill(&mut photo);
                        bring(phone, &photo, &mut random);
                        assert!(file(&laptop.base, &hash(&photo)).unwrap() == photo);
                    }
                });
            }
        }
    });
    let shelves = names(&data.join("media/blobs"));
    let files = shelves.iter().map(|shelf| names(&data.join("media/blobs").join(shelf)).len());
    assert_eq!((files.sum(), names(&data.join("media/uploads")).len()), (PHOTOS, 0));
    #[cfg(target_os = "linux")]
    crate::faults::crowd::assert_memory_stayed_below(&laptop, HUGE_MEMORY_KIB_MAX);
}

/// Sends a photo as a phone does, slice by slice.
fn bring(phone: &Base, photo: &[u8], random: &mut fastrand::Rng) {
    let begun = begin(phone, &hash(photo), photo.len() as u64).unwrap();
    let (mut upload, sent) = (Upload::of(&begun), AtomicU64::new(0));
    while upload.offset < photo.len() as u64 {
        let rest = &photo[usize::try_from(upload.offset).unwrap()..];
        let slice = random.usize(128_000..1_000_000).min(rest.len());
        let reply = patch(phone, &upload, &rest[..slice], &sent).unwrap();
        assert_eq!(reply.status, 204, "{reply:?}");
        upload.offset = reply.offset();
    }
}

#[test]
fn a_file_of_two_gigabytes_comes_in_bounded_memory() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let chunk = vec![0; 1024 * 1024];
    let mut hasher = blake3::Hasher::new();
    for _ in 0..HUGE_BYTES / chunk.len() as u64 {
        hasher.update(&chunk);
    }
    let name = hasher.finalize().to_hex().to_string();
    let upload = Upload::of(&begin(&laptop.base, &name, HUGE_BYTES).unwrap());
    let mut stream = open_patch(&laptop.base, &upload, HUGE_BYTES).unwrap();
    (0..HUGE_BYTES / chunk.len() as u64).for_each(|_| stream.write_all(&chunk).unwrap());
    let whole = Reply::read(stream).unwrap();
    assert_eq!((whole.status, whole.hash(), whole.offset()), (204, Some(&*name), HUGE_BYTES));
    #[cfg(target_os = "linux")]
    crate::faults::crowd::assert_memory_stayed_below(&laptop, HUGE_MEMORY_KIB_MAX);
}

/// An upload meets a disk that has no room, and goes on when there is some. `fill` and `make_space`
/// are of that disk.
pub fn survives_a_full_disk(
    laptop: &Laptop,
    data: &Path,
    fill: impl FnOnce(),
    make_space: impl FnOnce(),
) {
    let photo: Vec<u8> = (0..8_000_000_u32).map(|at| (at / 251) as u8).collect();
    let (name, sent) = (hash(&photo), AtomicU64::new(0));
    let mut upload = Upload::of(&begin(&laptop.base, &name, photo.len() as u64).unwrap());
    upload.offset = patch(&laptop.base, &upload, &photo[..100_000], &sent).unwrap().offset();
    fill();
    for _ in 0..2 {
        let full = patch(&laptop.base, &upload, &photo[100_000..], &sent).unwrap();
        let failure = full.json::<Value>();
        assert_eq!((full.status, &failure["code"]), (507, &"laptop_full".into()));
        assert_eq!(failure["retryable"], true);
        assert_eq!(offset(&laptop.base, &upload.path), 100_000);
    }
    assert_eq!(file(&laptop.base, &name), Err(404));
    assert!(!data.join("media/blobs").exists(), "nothing half is a file");
    make_space();
    let whole = patch(&laptop.base, &upload, &photo[100_000..], &sent).unwrap();
    assert_eq!((whole.status, whole.hash()), (204, Some(&*name)));
    assert!(file(&laptop.base, &name).unwrap() == photo);
}

/// What is in a directory.
fn names(directory: &Path) -> Vec<String> {
    let files = fs::read_dir(directory).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}
