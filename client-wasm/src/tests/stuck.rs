//! A storage, a file or a laptop that never answers holds up nobody for ever: what waits fails, may
//! be tried again, and what follows is served.

use chasqui_shared::Code;

use super::{
    harness::{Phone, draft},
    harness_files::media,
    laptop::Laptop,
};
use crate::{
    MemoryFile,
    limits::{LOAD_TIMEOUT_MS, READ_TRIES_MAX, STORAGE_TIMEOUT_MS},
};

/// What everybody may ask of an engine whose storage is silent, by name: the code that comes back.
fn asked_in_silence(alice: &mut Phone) -> Vec<(&'static str, String)> {
    let photo = MemoryFile(b"photo".as_slice().into());
    let mut told = Vec::new();
    macro_rules! ask {
        ($name:literal, |$engine:ident| $call:expr) => {
            let $engine = alice.engine.clone();
            let photo = photo.clone();
            let answer = alice.spawned(async move {
                let _ = &photo;
                $call.await.map(|_| ())
            });
            told.push((
                $name,
                answer.err().map_or("answered".into(), |failure| failure.code.to_string()),
            ));
        };
    }
    let hash = media(b"photo").hash;
    let taken = photo.clone();
    ask!("record", |engine| engine.record(chasqui_shared::RecordId([9; 16]), draft("b")));
    ask!("take", |engine| engine.take("new", &taken, media(b"photo")));
    ask!("taken", |engine| engine.taken("new"));
    ask!("discard", |engine| engine.discard("new", None));
    ask!("file", |engine| engine.file(hash));
    ask!("preview", |engine| engine.preview(hash));
    ask!("fetch_file", |engine| engine.fetch_file(hash));
    ask!("freeable", |engine| engine.freeable());
    ask!("free_space", |engine| engine.free_space());
    ask!("settings", |engine| engine.settings());
    ask!("observations", |engine| engine.observations("", 10, |listing| listing.views.len()));
    told
}

#[test]
fn no_call_waits_for_ever_for_a_storage_that_is_silent() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("a");
    alice.pass(1_000);
    alice.disk.set_silent(true);
    let told = asked_in_silence(&mut alice);
    for (name, code) in &told {
        // A preview costs nothing to go without, and what the laptop is asked for is asked before
        // the storage.
        let fine = matches!(*name, "preview" | "free_space");
        assert!(fine || code == "storage_slow", "{name}: {code}");
    }
    let engine = alice.engine.clone();
    let status = alice.spawned(async move { engine.status().await });
    assert_eq!(status.problem.unwrap().code, Code::StorageSlow);

    alice.disk.set_silent(false);
    // What was asked before waits for its own limit.
    alice.pass(LOAD_TIMEOUT_MS + 1_000);
    alice.record("c");
    assert!(alice.notes().contains(&"c".to_owned()));
    alice.pass(60_000);
    assert!(laptop.notes().contains(&"c".to_owned()));
}

#[test]
fn a_save_that_was_not_answered_in_time_leaves_one_record_when_it_is_tried_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    let record = chasqui_shared::RecordId([9; 16]);
    alice.disk.set_silent(true);
    let engine = alice.engine.clone();
    let saved = alice.spawned(async move { engine.record(record, draft("a")).await });
    assert_eq!(saved.unwrap_err().code, Code::StorageSlow);
    alice.disk.set_silent(false);
    alice.pass(LOAD_TIMEOUT_MS + 1_000);
    alice.record_as(record, "a").unwrap();
    assert_eq!(alice.notes(), ["a"]);
}

#[test]
fn those_in_line_behind_a_silent_storage_are_answered_too() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.disk.set_silent(true);
    let (first, second) = (alice.engine.clone(), alice.engine.clone());
    let both = alice.spawned(async move {
        let first = first.record(chasqui_shared::RecordId([8; 16]), draft("a"));
        let second = second.discard("new", None);
        futures_util::future::join(first, second).await
    });
    assert_eq!(both.0.unwrap_err().code, Code::StorageSlow);
    assert!(both.1.is_err_and(|failure| failure.code == Code::StorageSlow));
}

#[test]
fn a_part_of_a_file_that_is_not_read_is_read_again() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    let hash = |alice: &mut Phone| {
        let (engine, file) = (alice.engine.clone(), MemoryFile(b"photo".as_slice().into()));
        alice.spawned(async move { engine.hash_of(&file).await })
    };
    MemoryFile::silence_reads(READ_TRIES_MAX - 1);
    assert_eq!(hash(&mut alice).unwrap(), media(b"photo").hash);
    MemoryFile::silence_reads(READ_TRIES_MAX);
    let failure = chasqui_shared::Failure::from(hash(&mut alice).unwrap_err());
    assert_eq!((&failure.code, failure.retryable), (&Code::StorageSlow, true));
}

#[test]
fn a_request_that_does_not_even_give_up_is_given_up() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.wifi.set_deaf(true);
    alice.record("a");
    alice.pass(2 * STORAGE_TIMEOUT_MS);
    assert!(laptop.notes().is_empty());
    alice.wifi.set_deaf(false);
    alice.pass(5 * 60_000);
    assert_eq!(laptop.notes(), ["a"]);
}
