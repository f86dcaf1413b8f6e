//! What ends by itself, with moments that are played: nothing waits.

use std::{net::IpAddr, sync::Arc};

use chasqui_harness::Device;
use chasqui_server::{
    access::{Access, AccessError, Caller, Credential, ManagerKey, Premises},
    limits,
    store::Store,
};
use chasqui_shared::{PairingCode, PairingRequest, Role, Timestamp};
use redb::backends::InMemoryBackend;

const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + seconds as i64 * 1_000)
}

fn access() -> (Access, ManagerKey) {
    let store = Arc::new(Store::open_with(InMemoryBackend::new()).unwrap());
    let key = ManagerKey::random().unwrap();
    (Access::new(store, key.clone(), Premises::default()), key)
}

fn request(access: &Access, device: &Device, code: PairingCode) -> PairingRequest {
    PairingRequest::sign(&device.log_writer, code, device.name.clone(), access.store().device())
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_less_a_moment() {
    let (access, _) = access();
    let rosa = Device::new(1, "Rosa");
    let lasts = limits::CODE_TIME_MAX.as_secs();
    let code = access.open_code(Role::Monitor, at(0)).unwrap().code;
    let late = access.pair(&request(&access, &rosa, code), None, HERE, at(lasts)).await;
    assert!(matches!(late, Err(AccessError::CodeRefused)));
    let code = access.open_code(Role::Monitor, at(0)).unwrap().code;
    access.pair(&request(&access, &rosa, code), None, HERE, at(lasts - 1)).await.unwrap();
}

#[tokio::test]
async fn a_session_lasts_twelve_hours_and_nobody_can_make_it_longer() {
    let (access, key) = access();
    let lasts = limits::SESSION_TIME_MAX.as_secs();
    let session = access.begin_session_here(key.as_str(), HERE, at(0)).unwrap();
    let who = |session: &str, now| access.resolve(Credential::Session(session), HERE, now).unwrap();
    assert_eq!(who(&session, at(lasts - 1)), Caller::LocalManager);
    assert_eq!(who(&session, at(lasts)), Caller::Nobody);
    let expiry = session.split('.').nth(1).unwrap();
    let longer = session.replace(expiry, &format!("{expiry}0"));
    assert_eq!(who(&longer, at(0)), Caller::Nobody);
    for nonsense in ["", "here", "here.1", "here.x.00", &format!("{session}.x")] {
        assert_eq!(who(nonsense, at(0)), Caller::Nobody, "{nonsense}");
    }
    let (other, _) = self::access();
    let elsewhere = other.resolve(Credential::Session(&session), HERE, at(0)).unwrap();
    assert_eq!(elsewhere, Caller::Nobody, "another laptop's sessions are its own");
}

#[tokio::test]
async fn a_thousand_devices_are_paired_and_one_more_is_told_why_not() {
    let (access, _) = access();
    let pair = async |number: usize| {
        let mut secret = [5; 32];
        secret[..8].copy_from_slice(&number.to_be_bytes());
        let log_writer = chasqui_shared::LogWriter::new(&secret, chasqui_shared::Epoch([0; 16]));
        let device = Device { log_writer, name: "n".into() };
        let code = access.open_code(Role::Monitor, at(0)).unwrap().code;
        let request = request(&access, &device, code);
        let paired = access.pair(&request, None, HERE, at(0)).await;
        (paired, request)
    };
    for number in 0..limits::PAIRINGS_MAX {
        pair(number).await.0.unwrap();
    }
    let (refused, request) = pair(limits::PAIRINGS_MAX).await;
    assert!(matches!(refused, Err(AccessError::TooManyPairings)));
    let again = access.pair(&request, None, HERE, at(0)).await;
    assert!(matches!(again, Err(AccessError::TooManyPairings)), "the code is still good");
    pair(0).await.0.expect("who is paired can be paired again");
}
