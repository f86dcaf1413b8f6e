//! What proves who somebody is, and what does not.

use super::*;
use crate::{
    Author, Change, Charter, DeviceId, Draft, Epoch, HelloNonce, LogView, LogWriter, Member,
    MemoryLog, Role, Timestamp, write,
};

fn log_writer(name: u8) -> LogWriter {
    LogWriter::new(&[name; 32], Epoch([name; 16]))
}

fn charter(of: &LogWriter) -> Charter {
    Charter { founder: of.owner().device, salt: Epoch([3; 16]) }
}

#[test]
fn a_hello_verifies_for_its_nonce_and_no_other() {
    let laptop = log_writer(1);
    let addresses = vec!["https://10.42.0.1:8443".to_owned()];
    let now = Timestamp::from_millis(0);
    let hello =
        Hello::sign(&laptop, charter(&laptop), "Nauta".into(), now, addresses, HelloNonce([4; 32]));
    assert!(hello.verify(HelloNonce([4; 32])));
    assert!(!hello.verify(HelloNonce([5; 32])));
    let moved = Hello { addresses: vec!["https://10.66.6.6:8443".into()], ..hello.clone() };
    assert!(!moved.verify(HelloNonce([4; 32])));
    let other = Hello { device: log_writer(2).owner().device, ..hello };
    assert!(!other.verify(HelloNonce([4; 32])));
}

#[test]
fn a_pairing_request_is_good_for_one_code_one_laptop_and_one_name() {
    let (phone, laptop) = (log_writer(1), log_writer(2).owner().device);
    let code = PairingCode::from_random([1, 2, 3, 4, 5, 6, 7, 255]);
    let request = PairingRequest::sign(&phone, code, "Rosa".into(), laptop);
    assert!(request.verify(code, laptop));
    assert!(!request.verify(PairingCode::from_random([0; 8]), laptop));
    assert!(!request.verify(code, phone.owner().device));
    assert!(!PairingRequest { name: "Wilmer".into(), ..request }.verify(code, laptop));
    for (length, fits) in [(0, false), (1, true), (crate::limits::MEMBER_NAME_BYTES_MAX, true)] {
        let named = PairingRequest::sign(&phone, code, "n".repeat(length), laptop);
        assert_eq!(named.verify(code, laptop), fits);
    }
    let long = "n".repeat(crate::limits::MEMBER_NAME_BYTES_MAX + 1);
    assert!(!PairingRequest::sign(&phone, code, long, laptop).verify(code, laptop));
}

#[test]
fn a_code_is_read_as_people_type_it_and_as_apps_hand_it_on() {
    let code = PairingCode::parse("0ABC-DEF1").unwrap();
    assert_eq!(code.to_string(), "0ABC-DEF1");
    for typed in ["0abcdef1", " oabc def I", "0ABCDEFL"] {
        assert_eq!(PairingCode::parse(typed), Some(code), "{typed}");
    }
    // Dashes, blanks and marks without a width, as messages bring them.
    for odd in "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{fe63}\u{ff0d}\u{ad}_.\u{a0}\u{2009}\u{202f}\u{3000}\t\n\u{200b}\u{200e}\u{2060}\u{feff}".chars() {
        for pasted in [format!("0ABC{odd}DEF1"), format!("{odd}0ABC-DEF1{odd}"), format!("0{odd}A{odd}BCDEF1")] {
            assert_eq!(PairingCode::parse(&pasted), Some(code), "{odd:?}");
        }
    }
    for wrong in ["", "0ABC-DEF", "0ABC-DEF12", "0ABC-DEFU", "0ABC-DEFñ", "0ABC-DEF１", "0ABC-DEF١"]
    {
        assert_eq!(PairingCode::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_link_says_code_key_and_project_wherever_it_was_opened() {
    let link = PairingLink {
        code: PairingCode::from_random([9; 8]),
        laptop: DeviceId([1; 32]),
        project: charter(&log_writer(1)).project(),
    };
    assert_eq!(PairingLink::parse(&link.to_string()), Some(link));
    assert_eq!(PairingLink::parse(&format!("https://10.0.0.1:8443/{link}")), Some(link));
    assert_eq!(PairingLink::parse("https://10.0.0.1:8443/#pair=99999999"), None);
}

#[test]
fn a_scanned_text_says_the_same_and_is_no_address_that_a_camera_would_open() {
    let link = PairingLink {
        code: PairingCode::from_random([9; 8]),
        laptop: DeviceId([1; 32]),
        project: charter(&log_writer(1)).project(),
    };
    for base in ["https://10.0.0.1:8443", "https://[fe80::1]:8443", "http://laptop.local"] {
        let text = link.scan_text(Some(base));
        assert_eq!(PairingLink::parse(&text), Some(link), "{text}");
        assert_eq!(PairingLink::scan_base(&text).as_deref(), Some(base), "{text}");
        let (scheme, rest) = text.split_once(':').unwrap();
        assert_eq!(scheme, "chasqui");
        assert!(
            rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#&=-".contains(&byte)),
            "{text}"
        );
    }
    let nowhere = link.scan_text(None);
    assert_eq!(
        (PairingLink::parse(&nowhere), PairingLink::scan_base(&nowhere)),
        (Some(link), None)
    );
    for wrong in
        ["chasqui:#at=6", "chasqui:#at=ff", "chasqui:at=61", "https://a/#at=61", "#at=61", ""]
    {
        assert_eq!(PairingLink::scan_base(wrong), None, "{wrong}");
    }
}

#[test]
fn a_member_is_read_back_from_its_record_and_only_from_its_own() {
    let (device, by) = (log_writer(5).owner().device, log_writer(6).owner().device);
    let member =
        Member { device, role: Role::Manager, name: "Laptop of Nauta".into(), is_aside: false };
    let author = crate::Author { device: by, role: Role::Manager, now: Timestamp::MIN };
    let log = crate::MemoryLog::new(charter(&log_writer(6)));
    let write = |record| member.draft().version(&log, record, crate::Change::Edit, author).unwrap();
    let version = write(Member::record(device));
    assert_eq!(Member::manager_named_by(&version), Some(device));
    assert_eq!(Member::manager_named_by(&write(Member::record(by))), None);
    let claimed = crate::Version { role: Role::Monitor, ..version };
    assert_eq!(Member::manager_named_by(&claimed), None);
}

#[test]
fn nobody_covers_a_managers_record_with_one_that_monitors_write() {
    let (laptop, rosa) =
        (LogWriter::new(&[7; 32], Epoch([1; 16])), LogWriter::new(&[8; 32], Epoch([2; 16])));
    let founder = laptop.owner().device;
    let device = rosa.owner().device;
    let mut log = MemoryLog::new(Charter { founder, salt: Epoch([3; 16]) });
    let by = |device, role| Author { device, role, now: Timestamp::from_millis(0) };
    let member = Member { device, role: Role::Monitor, name: "Rosa".into(), is_aside: false };
    let Ok(named) = member.draft().version(
        &log,
        Member::record(device),
        Change::Edit,
        by(founder, Role::Manager),
    );
    let Ok(_) = write(&mut log, &laptop, named.encode().unwrap());
    let nobody = Draft { category: "fire".into(), note: "nobody".into(), ..Draft::default() };
    let Ok(covers) =
        nobody.version(&log, Member::record(device), Change::Edit, by(device, Role::Monitor));
    assert_eq!(covers.parents.len(), 1, "it follows the member's record");
    let Ok(_) = write(&mut log, &rosa, covers.encode().unwrap());
    assert_eq!(Member::load(&log, device), Ok(Some(member.clone())));
    let aside = Member { is_aside: true, ..member };
    let Ok(later) = aside.draft().version(
        &log,
        Member::record(device),
        Change::Edit,
        by(founder, Role::Manager),
    );
    assert_eq!(later.parents, [named.encode().unwrap().id()]);
    let Ok(_) = write(&mut log, &laptop, later.encode().unwrap());
    assert_eq!(Member::load(&log, device), Ok(Some(aside)));
    assert_eq!(log.is_aside(device), Ok(true));
}
