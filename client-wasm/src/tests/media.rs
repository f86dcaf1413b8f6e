//! Files: durable since they were taken, and named by a record or not at all.

use chasqui_shared::{Code, Draft, MediaRef, limits};

use super::{
    harness::{Phone, draft},
    harness_files::media,
    laptop::Laptop,
};
use crate::{DiskError, Filled, MemoryFile};

const DRAFT: &str = "new";

fn filled(note: &str, media: &[MediaRef]) -> Filled {
    let draft = Draft { media: media.to_vec(), ..draft(note) };
    Filled { draft, keeps_media: false, draft_key: Some(DRAFT.into()), base: None }
}

fn phone() -> (Laptop, Phone) {
    let laptop = Laptop::new(1);
    let alice = Phone::new(10, &laptop);
    laptop.set_away(true);
    (laptop, alice)
}

#[test]
fn what_was_taken_is_there_after_a_start_and_its_record_lets_go_of_the_draft() {
    let (laptop, mut alice) = phone();
    let (used, unused) = (alice.take(DRAFT, b"used"), alice.take(DRAFT, b"unused"));
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.taken(DRAFT), [used.clone(), unused]);
    let saves = again.disk.saves();
    again.record_filled(filled("with a photo", std::slice::from_ref(&used))).unwrap();
    assert_eq!(again.disk.saves(), saves + 1, "one transaction");
    assert!(again.taken(DRAFT).is_empty());
    assert_eq!(again.disk.files(), [used.hash], "what no record names is removed");
    let view = &again.listing("")["views"][0];
    assert_eq!(view["media"][0]["hash"], used.hash.to_string());
    assert_eq!(view["media_waiting"], 1);
    let status = again.status().files;
    assert_eq!((status.waiting, status.waiting_bytes), (1, 4));
    assert_eq!(Phone::start(12, &again.disk, &laptop).status().files, status);
}

#[test]
fn a_record_whose_file_is_not_here_is_not_saved() {
    let (_, mut alice) = phone();
    let photo = alice.take(DRAFT, b"photo");
    alice.disk.remove_file(photo.hash);
    let failure = alice.record_filled(filled("lost", &[photo])).unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::MediaMissing, false));
    assert!(alice.notes().is_empty());
    assert_eq!(alice.status().files.waiting, 0);
    alice.record("without");
    assert_eq!(alice.notes(), ["without"]);
}

#[test]
fn an_edit_adds_and_removes_files_as_it_says_and_keeps_them_if_it_says_nothing() {
    let (_, mut alice) = phone();
    let first = alice.take(DRAFT, b"first");
    let record = alice.record_filled(filled("one", std::slice::from_ref(&first))).unwrap();
    alice.edit(record, "one, kept").unwrap();
    assert_eq!(alice.listing("")["views"][0]["media"].as_array().unwrap().len(), 1);
    let second = alice.take(DRAFT, b"second");
    alice.edit_filled(record, filled("two", &[first.clone(), second.clone()])).unwrap();
    assert_eq!(alice.listing("")["views"][0]["media_waiting"], 2);
    alice.edit_filled(record, filled("two", std::slice::from_ref(&second))).unwrap();
    let view = alice.listing("")["views"][0].clone();
    assert_eq!(view["media"].as_array().unwrap().len(), 1);
    assert_eq!(view["media"][0]["hash"], second.hash.to_string());
    assert!(alice.disk.files().contains(&first.hash), "an older version names it");
}

#[test]
fn a_discarded_file_goes_unless_a_record_or_another_draft_has_it() {
    let (_, mut alice) = phone();
    let named = alice.take(DRAFT, b"named");
    alice.record_filled(filled("n", std::slice::from_ref(&named))).unwrap();
    alice.take("a", b"named");
    let shared = alice.take("a", b"shared");
    alice.take("b", b"shared");
    let lone = alice.take("a", b"lone");
    alice.discard("a", Some(lone.hash)).unwrap();
    assert!(!alice.disk.files().contains(&lone.hash));
    alice.discard("a", None).unwrap();
    assert!(alice.taken("a").is_empty());
    assert_eq!(alice.taken("b"), std::slice::from_ref(&shared));
    let mut left = vec![named.hash, shared.hash];
    left.sort();
    assert_eq!(alice.disk.files(), left);
}

#[test]
fn a_full_phone_says_so_and_keeps_no_half_of_a_file() {
    let (_, mut alice) = phone();
    alice.disk.fail_next(DiskError::Full);
    let failure = alice.try_take(DRAFT, media(b"photo"), b"photo").unwrap_err();
    assert_eq!(failure.code, Code::StorageFull);
    assert!(alice.taken(DRAFT).is_empty());
    assert!(alice.disk.files().is_empty());
}

#[test]
fn a_file_out_of_its_limits_is_refused_by_code() {
    let (_, mut alice) = phone();
    let wrong = MediaRef { bytes: 6, ..media(b"photo") };
    let code = |refused: Result<MediaRef, chasqui_shared::Failure>| refused.unwrap_err().code;
    assert_eq!(code(alice.try_take(DRAFT, wrong, b"photo")), Code::MediaSizeWrong);
    assert_eq!(code(alice.try_take(DRAFT, media(b""), b"")), Code::MediaEmpty);
    assert_eq!(code(alice.try_take(&"k".repeat(129), media(b"a"), b"a")), Code::DraftMalformed);
    alice.try_take(&"k".repeat(128), media(b"a"), b"a").unwrap();
    for n in 0..limits::MEDIA_MAX {
        alice.take(DRAFT, &[1, n as u8]);
    }
    assert_eq!(code(alice.try_take(DRAFT, media(b"more"), b"more")), Code::MediaMany);
    alice.take(DRAFT, &[1, 0]);
    let long = MediaRef { name: "é".repeat(200), ..media(b"long") };
    let kept = alice.try_take("long", long, b"long").unwrap();
    assert_eq!(kept.name, "é".repeat(127));
    assert_eq!(alice.taken("long"), [kept]);
}

#[test]
fn a_slice_never_reaches_beyond_its_file() {
    use crate::StoredFile;
    let file = MemoryFile(b"0123"[..].into());
    assert_eq!(&*file.slice(1, 3).unwrap().0, b"12");
    assert_eq!(&*file.slice(2, 9).unwrap().0, b"23");
    assert_eq!(file.slice(9, 12).unwrap().bytes(), 0);
}

/// Photos came back in the order of their hashes, and were saved so.
#[test]
fn files_of_a_draft_stand_in_the_order_in_which_they_were_taken_also_after_a_start() {
    let (laptop, mut alice) = phone();
    let names: Vec<_> = (0..12u8).map(|n| format!("photo {n}")).collect();
    let taken: Vec<_> = names.iter().map(|name| alice.take(DRAFT, name.as_bytes())).collect();
    assert!(!taken.is_sorted_by_key(|media| media.hash), "hashes stand otherwise");
    let mut again = Phone::start(11, &alice.disk, &laptop);
    assert_eq!(again.taken(DRAFT), taken);
    // The same photo again stays where it was, and one more comes last.
    again.take(DRAFT, names[3].as_bytes());
    let last = again.take(DRAFT, b"one more");
    let all: Vec<_> = taken.into_iter().chain([last]).collect();
    assert_eq!(again.taken(DRAFT), all);
    again.record_filled(filled("in order", &all)).unwrap();
    let shown = &again.listing("")["views"][0]["media"];
    assert_eq!(*shown, serde_json::to_value(&all).unwrap());
}

/// A name with a right-to-left override turned the sentence round in which it stood.
#[test]
fn the_name_of_a_file_loses_what_has_no_place_in_a_label() {
    let (_, mut alice) = phone();
    let named = MediaRef { name: "foto\u{202e}gpj.jpg\n".into(), ..media(b"photo") };
    let kept = alice.try_take(DRAFT, named, b"photo").unwrap();
    assert_eq!(kept.name, "fotogpj.jpg");
}
