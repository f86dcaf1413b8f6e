//! Getting in, and what becomes of a phone that was put out again.

use chasqui_shared::{
    Change, Code, DeviceId, Epoch, Member, PairingResponse, RecordId, Role, limits,
};

use super::{harness::Phone, laptop::Laptop, wifi::ORIGIN};
use crate::{DiskError, MemoryDisk, Phase, limits::PAIRINGS_MAX};

fn unpaired(laptop: &Laptop) -> Phone {
    Phone::start(10, &MemoryDisk::default(), laptop)
}

fn code_of(result: Result<(), chasqui_shared::Failure>) -> Code {
    result.unwrap_err().code
}

#[test]
fn an_unpaired_phone_asks_nobody_and_every_call_says_what_to_do() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    alice.engine.wake();
    alice.engine.network_changed();
    alice.pass(600_000);
    let failure = alice.try_record("too early").unwrap_err();
    assert_eq!((&failure.code, failure.retryable), (&Code::NoProject, true));
    let status = alice.status();
    assert_eq!((status.phase, status.paired, status.holder), (Phase::Unpaired, false, None));
    assert_eq!(alice.wifi.take_asked(), [""; 0]);
    assert_eq!(laptop.with(|laptop| laptop.requests), 0);
}

#[test]
fn a_scanned_link_pairs_syncs_at_once_and_outlives_a_restart() {
    let laptop = Laptop::new(1);
    laptop.write(RecordId([8; 16]), "by another", Change::Edit);
    let mut alice = unpaired(&laptop);
    alice.pair(&laptop.link(ORIGIN)).unwrap();
    alice.settle();
    assert_eq!(alice.notes(), ["by another"]);
    laptop.set_away(true);
    let mut again = Phone::start(11, &alice.disk, &laptop);
    let status = again.status();
    assert_eq!((status.phase, status.paired), (Phase::Away, true));
    assert_eq!(status.holder.as_deref(), Some("Rosa"));
    assert_eq!((status.laptop.as_deref(), status.role), (Some("laptop 1"), Some(Role::Monitor)));
    again.record("oil");
    laptop.set_away(false);
    again.engine.network_changed();
    again.pass(1_000);
    assert_eq!(laptop.notes(), ["by another", "oil"]);
}

#[test]
fn a_typed_code_pairs_with_the_laptop_that_answers() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    let code = laptop.code().to_string();
    alice.pair(&code.replace('-', " ").to_lowercase()).unwrap();
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(laptop.notes(), ["oil"]);
}

#[test]
fn whatever_is_refused_stores_nothing() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    let saves = alice.disk.saves();
    let used = laptop.link(ORIGIN);
    unpaired(&laptop).pair(&used).unwrap();
    assert_eq!(code_of(alice.pair(&used)), Code::CodeRefused);
    assert_eq!(code_of(alice.pair("ABCD-EFGH")), Code::CodeRefused);
    assert_eq!(code_of(alice.pair("ABCD")), Code::CodeMalformed);
    assert_eq!(code_of(alice.pair("https://example.org/")), Code::LinkMalformed);
    laptop.set_away(true);
    assert_eq!(code_of(alice.pair(&laptop.link(ORIGIN))), Code::Unreachable);
    assert_eq!((alice.disk.saves(), alice.status().phase), (saves, Phase::Unpaired));
}

#[test]
fn a_holder_has_a_name_that_fits() {
    let laptop = Laptop::new(1);
    let alice = unpaired(&laptop);
    let pair = |name: &str| {
        futures_executor::block_on(alice.engine.pair(&laptop.link(ORIGIN), name))
            .map_err(|failure| failure.code)
    };
    let unusable = Err(Code::NameUnusable.to_owned());
    assert_eq!(pair("  "), unusable);
    assert_eq!(pair(&"n".repeat(limits::MEMBER_NAME_BYTES_MAX + 1)), unusable);
    assert_eq!(pair(&"n".repeat(limits::MEMBER_NAME_BYTES_MAX)), Ok(()));
}

#[test]
fn a_link_is_good_for_its_own_laptop_alone() {
    let (mine, stranger) = (Laptop::new(1), Laptop::new(2));
    let mut alice = unpaired(&stranger);
    assert_eq!(code_of(alice.pair(&mine.link(ORIGIN))), Code::OtherLaptop);
    stranger.with(|laptop| laptop.hello.device = mine.with(|mine| mine.hello.device));
    assert_eq!(code_of(alice.pair(&mine.link(ORIGIN))), Code::HelloUnproven);
    assert_eq!(stranger.with(|laptop| laptop.requests), 2, "two hellos, and no code");
    assert_eq!(alice.status().phase, Phase::Unpaired);
}

#[test]
fn a_link_with_another_project_than_its_laptop_is_refused() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    let link = laptop.link(ORIGIN);
    laptop.with(|laptop| laptop.hello.charter.salt = Epoch([1; 16]));
    assert_eq!(code_of(alice.pair(&link)), Code::OtherProject);
}

#[test]
fn an_answer_that_is_not_from_the_laptop_asked_is_not_kept() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    type Forge = fn(PairingResponse) -> PairingResponse;
    let forgeries: [(Forge, Code); 4] = [
        (|answer| PairingResponse { laptop: DeviceId([9; 32]), ..answer }, Code::OtherLaptop),
        (
            |mut answer| {
                answer.charter.salt = Epoch([9; 16]);
                answer
            },
            Code::OtherProject,
        ),
        (|answer| PairingResponse { token: "ab".into(), ..answer }, Code::BadAnswer),
        (|answer| PairingResponse { token: "\n".repeat(64), ..answer }, Code::BadAnswer),
    ];
    for (forge, code) in forgeries {
        laptop.with(|laptop| laptop.forged_answer = Some(forge));
        assert_eq!(code_of(alice.pair(&laptop.link(ORIGIN))), code);
        assert!(!alice.status().paired);
    }
}

#[test]
fn a_phone_of_one_project_does_not_join_another() {
    let (mine, stranger) = (Laptop::new(1), Laptop::new(2));
    stranger.with(|laptop| laptop.hello.charter.salt = Epoch([1; 16]));
    let mut alice = Phone::new(10, &mine);
    alice.record("oil");
    alice.pass(1_000);
    alice.wifi.put("https://10.0.0.2:8443", &stranger);
    let link = stranger.link("https://10.0.0.2:8443");
    assert_eq!(code_of(alice.pair(&link)), Code::OtherProject);
    alice.wifi.put(ORIGIN, &stranger);
    assert_eq!(code_of(alice.pair(&stranger.code().to_string())), Code::OtherProject);
    assert_eq!(stranger.with(|laptop| laptop.tokens.len()), 0);
    assert_eq!(alice.notes(), ["oil"]);
}

#[test]
fn a_pairing_that_cannot_be_saved_is_none_and_another_code_helps() {
    let laptop = Laptop::new(1);
    let mut alice = unpaired(&laptop);
    alice.disk.fail_next(DiskError::Full);
    assert_eq!(code_of(alice.pair(&laptop.link(ORIGIN))), Code::StorageFull);
    assert!(!alice.status().paired);
    alice.pair(&laptop.link(ORIGIN)).unwrap();
    assert!(alice.status().paired);
}

#[test]
fn a_revoked_phone_keeps_its_data_says_so_and_gets_in_again_by_a_new_code() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    alice.record("before");
    alice.pass(1_000);
    laptop.revoke_all();
    alice.record("after");
    alice.pass(1_000);
    let status = alice.status();
    assert_eq!((status.phase, status.waiting), (Phase::Failed, 1));
    assert_eq!(status.problem.unwrap().code, Code::Revoked);
    assert_eq!(alice.notes(), ["after", "before"]);
    assert_eq!(laptop.notes(), ["before"]);
    alice.pair(&laptop.link(ORIGIN)).unwrap();
    alice.settle();
    assert_eq!((alice.status().phase, alice.status().problem), (Phase::Synced, None));
    assert_eq!(laptop.notes(), ["after", "before"]);
}

#[test]
fn a_laptop_that_puts_a_phone_out_is_not_asked_over_and_over() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.revoke_all();
    alice.record("after");
    let before = laptop.with(|laptop| laptop.requests);
    alice.pass(60 * 60_000);
    let asked = laptop.with(|laptop| laptop.requests) - before;
    assert!(asked <= 72, "{asked} times in an hour");
}

#[test]
fn a_laptop_that_forgot_everybody_is_told_nothing_and_said_to_be_so() {
    let laptop = Laptop::new(1);
    let mut alice = Phone::new(10, &laptop);
    laptop.with(|laptop| laptop.tokens.clear());
    alice.record("oil");
    alice.pass(1_000);
    assert_eq!(alice.status().problem.unwrap().code, Code::NotPaired);
    assert_eq!(laptop.notes(), [""; 0]);
}

#[test]
fn a_phone_is_paired_with_so_many_laptops_and_no_more() {
    let first = Laptop::new(1);
    let mut alice = Phone::new(10, &first);
    for n in 2..=PAIRINGS_MAX as u8 + 1 {
        let (base, laptop) = (format!("https://10.0.0.{n}:8443"), Laptop::new(n));
        alice.wifi.put(&base, &laptop);
        let paired = alice.pair(&laptop.link(&base));
        let expected = if n as usize <= PAIRINGS_MAX { None } else { Some(Code::TooManyLaptops) };
        assert_eq!(paired.err().map(|failure| failure.code), expected, "{n}");
    }
    alice.pair(&first.link(ORIGIN)).unwrap();
}

#[test]
fn members_are_held_and_not_listed() {
    let laptop = Laptop::new(1);
    let device = DeviceId([5; 32]);
    let member = Member { device, role: Role::Monitor, name: "Rosa".into(), is_aside: false };
    laptop.write_draft(Member::record(device), member.draft(), Change::Edit);
    laptop.write(RecordId([8; 16]), "seen", Change::Edit);
    let mut alice = Phone::new(10, &laptop);
    assert_eq!(alice.notes(), ["seen"]);
    assert_eq!(alice.entries(), 2);
}
