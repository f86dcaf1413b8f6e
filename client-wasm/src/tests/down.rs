//! Files and previews that come from the laptop.

use chasqui_shared::{
    Change, Code, Draft, Failure, MediaRef, RecordId,
    limits::{RETRY_DELAY_MS_MAX, SLICE_BYTES_MAX, SLICE_BYTES_MIN},
};

use super::{
    harness::{Phone, draft},
    harness_files::media,
    laptop::Laptop,
};
use crate::limits::{DOWNLOAD_FAILURES_MAX, PREVIEW_BYTES_MAX, PREVIEW_TRIES_MAX, PREVIEWS_MAX};

/// A laptop with a record whose file is there, and a phone that has pulled it.
pub fn pulled(bytes: &[u8]) -> (Laptop, Phone, MediaRef) {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let file = add(&laptop, 1, bytes);
    alice.engine.wake();
    alice.settle();
    (laptop, alice, file)
}

pub fn add(laptop: &Laptop, n: u8, bytes: &[u8]) -> MediaRef {
    let file = media(bytes);
    laptop.with(|laptop| laptop.files.held.insert(file.hash, bytes.to_vec()));
    let draft = Draft { media: vec![file.clone()], ..draft(&n.to_string()) };
    laptop.write_draft(RecordId([n; 16]), draft, Change::Edit);
    file
}

fn film() -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(1);
    (0..3 * SLICE_BYTES_MAX + 5).map(|_| random.u8(..)).collect()
}

#[test]
fn a_fetched_file_is_here_as_if_taken_and_waits_for_nobody() {
    let film = film();
    let (laptop, mut alice, file) = pulled(&film);
    assert_eq!(alice.file(file.hash), None);
    alice.fetch_file(file.hash).unwrap();
    assert_eq!(alice.file(file.hash), Some(film));
    let slices = laptop.with(|laptop| laptop.files.sent.clone());
    assert!(slices.iter().all(|(_, from, until)| until - from <= SLICE_BYTES_MAX));
    assert_eq!(slices[0], (file.hash, 0, SLICE_BYTES_MIN));
    assert_eq!(alice.status().files.waiting, 0);
    alice.fetch_file(file.hash).unwrap();
    assert_eq!(laptop.with(|laptop| laptop.files.sent.len()), slices.len(), "it is here");
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert!(again.file(file.hash).is_some());
    assert_eq!(again.freeable().count, 1);
    again.pass(RETRY_DELAY_MS_MAX);
    assert!(laptop.with(|laptop| laptop.files.slices.is_empty()), "it is not sent back");
}

#[test]
fn cuts_cost_no_byte_twice_within_a_call_and_from_one_to_the_next() {
    let film = film();
    let (laptop, mut alice, file) = pulled(&film);
    let lost = |pattern: &[bool]| pattern.iter().copied().collect();
    laptop.with(|laptop| laptop.files.lose_slices = lost(&[false, true, false, true, true]));
    laptop.with(|laptop| laptop.files.lose_slices.extend([false].iter().chain(&[true; 6])));
    let failure = alice.fetch_file(file.hash).unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::LaptopAway, true));
    assert_eq!(laptop.with(|laptop| laptop.files.sent.len()), 3);
    assert!(alice.disk.files().is_empty());
    alice.fetch_file(file.hash).unwrap();
    assert_eq!(alice.file(file.hash), Some(film));
    laptop.with(|laptop| {
        let mut next = 0;
        for (_, from, until) in &laptop.files.sent {
            assert_eq!(*from, next);
            next = *until;
        }
    });
}

#[test]
fn a_file_is_given_up_for_now_after_so_many_cuts_in_a_row() {
    let (laptop, mut alice, file) = pulled(b"photo");
    let lose = |slices: u32| {
        laptop.with(|laptop| laptop.files.lose_slices = vec![true; slices as usize].into());
    };
    lose(DOWNLOAD_FAILURES_MAX);
    assert_eq!(alice.fetch_file(file.hash).unwrap_err().code, Code::LaptopAway);
    lose(DOWNLOAD_FAILURES_MAX - 1);
    alice.fetch_file(file.hash).unwrap();
    assert!(laptop.with(|laptop| laptop.files.lose_slices.is_empty()));
}

#[test]
fn what_is_not_the_file_is_not_kept() {
    let (laptop, mut alice, file) = pulled(b"photo");
    laptop.with(|laptop| laptop.files.held.insert(file.hash, b"other".to_vec()));
    let failure = alice.fetch_file(file.hash).unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::HashWrong, true));
    assert!(alice.disk.files().is_empty());
    laptop.with(|laptop| laptop.files.held.insert(file.hash, b"photo".to_vec()));
    alice.fetch_file(file.hash).unwrap();
}

#[test]
fn a_file_that_nobody_names_or_holds_or_that_is_away_is_refused_by_code() {
    let (laptop, mut alice, file) = pulled(b"photo");
    let code = |phone: &mut Phone, hash| phone.fetch_file(hash).unwrap_err().code;
    assert_eq!(code(&mut alice, media(b"never named").hash), Code::MediaUnknown);
    laptop.with(|laptop| laptop.files.held.clear());
    assert_eq!(code(&mut alice, file.hash), Code::MediaUnknown);
    laptop.set_away(true);
    assert_eq!(code(&mut alice, file.hash), Code::LaptopAway);
}

#[test]
fn a_phone_without_room_says_so_and_fetches_no_byte_again() {
    let (laptop, mut alice, file) = pulled(b"photo");
    alice.disk.fail_next(crate::DiskError::Full);
    assert_eq!(alice.fetch_file(file.hash).unwrap_err().code, Code::StorageFull);
    assert_eq!(alice.file(file.hash), None);
    alice.fetch_file(file.hash).unwrap();
    assert_eq!(laptop.with(|laptop| laptop.files.sent.len()), 1);
}

#[test]
fn a_preview_is_asked_for_once_and_stays_without_the_laptop() {
    let (laptop, mut alice, file) = pulled(b"photo");
    assert_eq!(alice.preview(file.hash).as_deref(), Some(&b"small photo"[..]));
    laptop.set_away(true);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.preview(file.hash).as_deref(), Some(&b"small photo"[..]));
    assert_eq!(laptop.with(|laptop| laptop.files.previews.len()), 1);
}

#[test]
fn where_no_preview_is_to_be_had_there_is_none() {
    let (laptop, mut alice, file) = pulled(b"photo");
    let refuse = |code: Code| {
        let message = "no preview";
        let failure = Failure::new(code, message);
        laptop.with(|laptop| laptop.files.refuse_previews.push_back(failure));
    };
    let asked = || laptop.with(|laptop| laptop.files.previews.len());
    laptop.set_away(true);
    alice.engine.wake();
    alice.settle();
    alice.wifi.take_asked();
    assert_eq!(alice.preview(file.hash), None);
    assert!(alice.wifi.take_asked().is_empty(), "nobody looks for a laptop for a preview");
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.settle();
    refuse(Code::MediaUnknown);
    assert_eq!((alice.preview(file.hash), asked()), (None, 1));
    refuse(Code::Busy);
    assert!(alice.preview(file.hash).is_some());
    assert_eq!(asked(), 3, "a busy laptop is asked again");
    let film = add(&laptop, 2, b"film");
    refuse(Code::PreviewImpossible);
    assert_eq!((alice.preview(film.hash), asked()), (None, 4));
    assert_eq!((alice.preview(film.hash), asked()), (None, 4), "never asked twice");
}

#[test]
fn a_busy_laptop_is_asked_so_often_for_a_preview_and_no_more() {
    let (laptop, mut alice, file) = pulled(b"photo");
    let refuse = |times: u32| {
        let busy = (0..times).map(|_| Failure::new(Code::Busy, "ask again"));
        laptop.with(|laptop| laptop.files.refuse_previews = busy.collect());
    };
    refuse(PREVIEW_TRIES_MAX);
    assert_eq!(alice.preview(file.hash), None);
    assert_eq!(laptop.with(|laptop| laptop.files.previews.len()), PREVIEW_TRIES_MAX as usize);
    refuse(PREVIEW_TRIES_MAX - 1);
    assert!(alice.preview(file.hash).is_some());
}

#[test]
fn a_preview_has_a_largest_size_and_so_many_are_kept() {
    let (laptop, mut alice, _) = pulled(b"photo");
    let prefix = b"small ".len() as u64;
    let largest = add(&laptop, 2, &vec![1; (PREVIEW_BYTES_MAX - prefix) as usize]);
    let larger = add(&laptop, 3, &vec![1; (PREVIEW_BYTES_MAX - prefix + 1) as usize]);
    assert!(alice.preview(largest.hash).is_some());
    assert!(alice.preview(larger.hash).is_none());
    for n in 0..PREVIEWS_MAX {
        let file = media(&n.to_be_bytes());
        laptop.with(|laptop| laptop.files.held.insert(file.hash, vec![0]));
        assert!(alice.preview(file.hash).is_some());
    }
    assert_eq!(alice.disk.previews().len(), PREVIEWS_MAX);
    assert!(!alice.disk.previews().contains(&largest.hash), "the oldest left");
}
