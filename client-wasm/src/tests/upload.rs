//! Files on their way: after the records, small before large, whole in the end, and no byte twice
//! that was durable.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use chasqui_shared::{
    Code, Draft, Failure, MediaRef, RecordId,
    limits::{RETRY_DELAY_MS_MAX, SLICE_BYTES_MAX, SLICE_BYTES_MIN},
};

use super::{
    harness::{Phone, draft},
    laptop::Laptop,
};
use crate::{Filled, Phase};

/// Bytes that no other file of a test has.
pub fn bytes(seed: u64, len: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..len).map(|_| random.u8(..)).collect()
}

/// Records an observation with one file.
pub fn record(phone: &mut Phone, note: &str, bytes: &[u8]) -> (RecordId, MediaRef) {
    let media = phone.take(note, bytes);
    let draft = Draft { media: vec![media.clone()], ..draft(note) };
    let filled = Filled { draft, keeps_media: false, draft_key: Some(note.into()), base: None };
    (phone.record_filled(filled).unwrap(), media)
}

fn phone() -> (Laptop, Phone) {
    let laptop = Laptop::new(1);
    let alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    (laptop, alice)
}

fn come_back(laptop: &Laptop, phone: &mut Phone) {
    laptop.set_away(false);
    phone.engine.network_changed();
    phone.pass(1_000);
}

fn held(laptop: &Laptop) -> usize {
    laptop.with(|laptop| laptop.files.held.len())
}

#[test]
fn files_of_all_sizes_arrive_whole_and_small_ones_begin_before_large_ones() {
    let (laptop, mut alice) = phone();
    let sizes = [3 * SLICE_BYTES_MAX, 1, SLICE_BYTES_MIN + 1, SLICE_BYTES_MIN, 40_000];
    for (n, size) in sizes.into_iter().enumerate() {
        record(&mut alice, &n.to_string(), &bytes(n as u64, size));
    }
    assert_eq!(alice.status().files.waiting, 5);
    come_back(&laptop, &mut alice);
    let begun: Vec<u64> = laptop.with(|laptop| {
        let files = &laptop.files;
        let first = files.slices.iter().filter(|(_, offset, _)| *offset == 0);
        first.map(|(hash, ..)| files.held[hash].len() as u64).collect()
    });
    let mut sorted = sizes.to_vec();
    sorted.sort_unstable();
    assert_eq!(begun, sorted);
    let status = alice.status();
    assert_eq!((status.phase, status.files), (Phase::Synced, Default::default()));
    assert_eq!(alice.listing("")["views"][0]["media_waiting"], 0);
    assert_eq!(Phone::start(11, &alice.disk, &laptop).status().files.waiting, 0);
}

#[test]
fn a_slice_is_never_larger_than_the_limit() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "film", &bytes(1, 5 * SLICE_BYTES_MAX));
    come_back(&laptop, &mut alice);
    laptop.with(|laptop| {
        let slices: Vec<_> = laptop.files.slices.iter().map(|(.., len)| *len).collect();
        assert_eq!(slices[0], SLICE_BYTES_MIN);
        assert_eq!(slices.iter().max(), Some(&SLICE_BYTES_MAX));
    });
}

#[test]
fn no_file_is_sent_before_its_record_is_on_the_laptop() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "refused", b"photo");
    laptop.with(|laptop| laptop.refuse_next = Some(Failure::new(Code::LaptopFull, "no room")));
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.settle();
    assert_eq!((laptop.notes().len(), held(&laptop)), (0, 0));
    assert_eq!(laptop.with(|laptop| laptop.files.questions), 0);
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!((laptop.notes().len(), held(&laptop)), (1, 1));
}

#[test]
fn a_cut_upload_goes_on_at_what_is_durable_and_sends_no_byte_twice() {
    let (laptop, mut alice) = phone();
    let film = bytes(1, 4 * SLICE_BYTES_MAX);
    record(&mut alice, "film", &film);
    laptop.with(|laptop| laptop.files.cuts = [1_000, 7, 0, SLICE_BYTES_MIN, 99].into());
    come_back(&laptop, &mut alice);
    alice.pass(RETRY_DELAY_MS_MAX);
    laptop.with(|laptop| {
        assert!(laptop.files.cuts.is_empty());
        let mut next = 0;
        for (_, offset, len) in &laptop.files.slices {
            assert_eq!(*offset, next);
            next += len;
        }
        assert_eq!(next, film.len() as u64);
    });
    assert_eq!(alice.status().files.waiting, 0);
}

#[test]
fn a_lost_answer_to_the_last_byte_is_made_good_by_asking() {
    let (laptop, mut alice) = phone();
    let (_, photo) = record(&mut alice, "photo", b"photo");
    laptop.with(|laptop| laptop.files.lose_answers = 1);
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.settle();
    assert_eq!(held(&laptop), 1);
    assert_eq!(alice.status().files.waiting, 1, "nobody said so yet");
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(alice.status().files.waiting, 0);
    assert_eq!(laptop.with(|laptop| laptop.files.slices.clone()), [(photo.hash, 0, 5)]);
}

#[test]
fn a_restart_in_the_middle_goes_on_and_what_was_acknowledged_is_not_asked_for_again() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "small", b"small");
    let film = bytes(1, 2 * SLICE_BYTES_MAX);
    record(&mut alice, "film", &film);
    // Of the small file whole, of the film so much, and then nothing until it rests.
    laptop.with(|laptop| laptop.files.cuts = [9, 50_000, 0, 0].into());
    laptop.set_away(false);
    alice.engine.network_changed();
    alice.settle();
    laptop.set_away(true);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.status().files.waiting, 1);
    come_back(&laptop, &mut again);
    laptop.with(|laptop| {
        let sent: u64 = laptop.files.slices.iter().map(|(.., len)| len).sum();
        assert_eq!(sent, film.len() as u64 + 5);
        assert_eq!(laptop.files.held.len(), 2);
    });
    let questions = laptop.with(|laptop| laptop.files.questions);
    again.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(laptop.with(|laptop| laptop.files.questions), questions, "nothing is left to ask");
}

#[test]
fn a_second_laptop_gets_the_files_too() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "photo", b"photo");
    come_back(&laptop, &mut alice);
    let other = Laptop::new(2);
    alice.wifi.clear();
    alice.wifi.put(super::wifi::ORIGIN, &other);
    alice.pair(&other.link(super::wifi::ORIGIN)).unwrap();
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(held(&other), 1);
}

#[test]
fn a_laptop_without_room_is_told_as_a_problem_and_tried_again_without_haste() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "photo", b"photo");
    let full = Failure::new(Code::DiskReserve, "the laptop has no room left");
    laptop.with(|laptop| laptop.files.refuse = Some(full.clone()));
    come_back(&laptop, &mut alice);
    assert_eq!(alice.status().files.problem, Some(full));
    assert_eq!(alice.status().phase, Phase::Synced);
    assert_eq!(laptop.notes(), ["photo"], "records go on");
    alice.pass(20 * RETRY_DELAY_MS_MAX);
    assert!(laptop.with(|laptop| laptop.files.questions) < 60);
    laptop.with(|laptop| laptop.files.refuse = None);
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(held(&laptop), 1);
    assert_eq!(alice.status().files.problem, None);
}

#[test]
fn a_file_that_the_browser_lost_stops_nobody() {
    let (laptop, mut alice) = phone();
    let (_, lost) = record(&mut alice, "lost", b"1");
    record(&mut alice, "kept", b"22");
    alice.disk.remove_file(lost.hash);
    come_back(&laptop, &mut alice);
    assert_eq!(held(&laptop), 1);
    assert_eq!(alice.status().files.waiting, 0);
    assert_eq!(laptop.notes(), ["kept", "lost"]);
}

#[test]
fn a_laptop_that_lost_a_file_is_asked_once_a_start_and_gets_it_again() {
    let (laptop, mut alice) = phone();
    let (_, photo) = record(&mut alice, "photo", b"photo");
    let (_, kept) = record(&mut alice, "kept", b"kept");
    come_back(&laptop, &mut alice);
    laptop.with(|laptop| laptop.files.held.remove(&photo.hash));
    laptop.with(|laptop| laptop.files.slices.clear());
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(held(&laptop), 1, "it is not asked all the time");
    let mut again = Phone::start(11, &alice.disk, &laptop);
    again.pass(1_000);
    assert_eq!(laptop.with(|laptop| laptop.files.slices.clone()), [(photo.hash, 0, 5)]);
    assert!(laptop.with(|laptop| laptop.files.held.contains_key(&kept.hash)));
    assert_eq!(again.status().files.waiting, 0);
    assert_eq!(again.freeable().count, 2);
    let questions = laptop.with(|laptop| laptop.files.questions);
    again.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(laptop.with(|laptop| laptop.files.questions), questions);
}

#[test]
fn a_file_that_is_no_longer_what_was_taken_is_told_and_sent_no_more() {
    let (laptop, mut alice) = phone();
    let (_, photo) = record(&mut alice, "photo", b"photo");
    let (_, short) = record(&mut alice, "short", b"short");
    record(&mut alice, "sound", b"a sound file");
    alice.disk.damage_file(photo.hash, b"ph0to");
    alice.disk.damage_file(short.hash, b"sh");
    come_back(&laptop, &mut alice);
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(held(&laptop), 1, "the sound");
    let files = alice.status().files;
    assert_eq!((files.waiting, files.problem.unwrap().code.as_str()), (0, "media_damaged"));
    let sent = laptop.with(|laptop| laptop.files.slices.len());
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!(laptop.with(|laptop| laptop.files.slices.len()), sent);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.status().files.problem.unwrap().code, Code::MediaDamaged);
    // The same photo, from the gallery once more.
    for (note, bytes) in [("photo, again", b"photo"), ("short, again", b"short")] {
        record(&mut again, note, bytes);
    }
    again.pass(RETRY_DELAY_MS_MAX);
    assert_eq!((held(&laptop), again.status().files.problem), (3, None));
}

#[test]
fn a_sound_file_that_a_laptop_calls_wrong_is_kept_and_tried_again() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "photo", b"photo");
    let wrong = Failure::new(Code::HashWrong, "the file is not what was named");
    laptop.with(|laptop| laptop.files.refuse = Some(wrong.clone()));
    come_back(&laptop, &mut alice);
    assert_eq!(alice.status().files.problem, Some(wrong));
    assert_eq!(alice.status().files.waiting, 1);
    laptop.with(|laptop| laptop.files.refuse = None);
    alice.pass(RETRY_DELAY_MS_MAX);
    assert_eq!((held(&laptop), alice.status().files.problem), (1, None));
}

#[test]
fn to_sync_now_is_to_send_files_now_and_news_is_not() {
    let (laptop, mut alice) = phone();
    record(&mut alice, "photo", b"photo");
    laptop.with(|laptop| laptop.files.refuse = Some(Failure::new(Code::DiskReserve, "no room")));
    come_back(&laptop, &mut alice);
    laptop.with(|laptop| laptop.files.refuse = None);
    alice.engine.wake();
    alice.settle();
    assert_eq!(held(&laptop), 0);
    alice.engine.sync_now();
    alice.settle();
    assert_eq!((held(&laptop), alice.status().files.problem), (1, None));
}

#[test]
fn what_is_on_its_way_and_what_waits_is_told_by_file_and_by_kind() {
    let (laptop, mut alice) = phone();
    let film = bytes(1, 2 * SLICE_BYTES_MAX);
    let film = alice.take("film", &film);
    let sound =
        MediaRef { media_type: "audio/webm".into(), ..super::harness_files::media(b"sound") };
    let sound = alice.try_take("sound", sound, b"sound").unwrap();
    for (key, media) in [("film", &film), ("sound", &sound)] {
        let draft = Draft { media: vec![media.clone()], ..draft(key) };
        let filled = Filled { draft, keeps_media: false, draft_key: Some(key.into()), base: None };
        alice.record_filled(filled).unwrap();
    }
    let files = alice.status().files;
    assert_eq!((files.waiting, files.photos, files.others), (2, 1, 1));
    assert!(files.sending.is_empty());
    let told = Rc::new(RefCell::new(Vec::new()));
    let (engine, to) = (alice.engine.clone(), told.clone());
    alice.on_change(move || to.borrow_mut().push(engine.sending()));
    come_back(&laptop, &mut alice);
    let told = told.borrow();
    let sent: BTreeSet<_> = told.iter().flatten().map(|file| (file.hash, file.bytes)).collect();
    assert_eq!(sent, [(sound.hash, 5), (film.hash, film.bytes)].into());
    let of_film = told.iter().flatten().filter(|sending| sending.hash == film.hash);
    let of_film: Vec<_> = of_film.map(|sending| sending.done_bytes).collect();
    assert!(of_film.is_sorted() && of_film.contains(&0) && of_film.contains(&SLICE_BYTES_MIN));
    assert!(told.last().unwrap().is_empty());
}
