//! Who goes when there are too many, and who is over.

use std::{net::IpAddr, sync::Arc, time::Duration};

use chasqui_shared::DeviceId;
use tokio::time::Instant;

use super::*;
use crate::{
    access::{Access, ManagerKey, Premises},
    limits,
    store::Store,
};

const NUMBERS: Numbers = Numbers { local: 3, others: 6, of_address: 4, of_device: 3 };

fn connections(directory: &tempfile::TempDir) -> Arc<Connections> {
    let store = Arc::new(Store::open(directory.path()).unwrap());
    let access = Access::new(store, ManagerKey::random().unwrap(), Premises::default());
    Connections::new(Arc::new(access), NUMBERS)
}

fn ip(last: u8) -> IpAddr {
    IpAddr::from([10, 42, 0, last])
}

fn device(number: u8) -> DeviceId {
    DeviceId([number; 32])
}

/// Which of them are cut, in order.
fn cut(connections: &[Arc<Connection>]) -> Vec<usize> {
    let numbered = connections.iter().enumerate();
    numbered.filter(|(_, one)| one.is_cut()).map(|(at, _)| at).collect()
}

/// So many from one address, a second apart.
fn open(all: &Connections, count: usize, from: IpAddr, began: Instant) -> Vec<Arc<Connection>> {
    let at = |second| began + Duration::from_secs(second as u64);
    (0..count).map(|second| all.admit(from, at(second)).unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn who_opens_one_more_than_it_may_loses_its_idlest() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let mut own = open(&all, NUMBERS.of_address, ip(1), began);
    let other = open(&all, 1, ip(2), began);
    assert_eq!(cut(&own), [0; 0]);
    let _at_work = own[0].request();
    own.push(all.admit(ip(1), began).unwrap());
    assert_eq!((cut(&own), cut(&other)), (vec![1], vec![]), "the first is at work");
    all.forget(&own[1]);
    own.push(all.admit(ip(1), began).unwrap());
    assert_eq!(cut(&own), [1, 4]);
}

#[tokio::test(start_paused = true)]
async fn when_there_are_too_many_the_idlest_of_who_has_most_goes() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let phone = open(&all, 1, ip(1), began);
    assert!(all.join(&phone[0], device(1)));
    let quiet = open(&all, 1, ip(2), began);
    let greedy = open(&all, 4, ip(3), began + Duration::from_secs(10));
    assert!(all.admit(ip(4), began).is_some());
    assert_eq!((cut(&phone), cut(&quiet), cut(&greedy)), (vec![], vec![], vec![0]));
}

#[tokio::test(start_paused = true)]
async fn strangers_never_cost_a_phone_that_is_at_work_its_connection() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let phones: Vec<_> = (1..=4).flat_map(|last| open(&all, 1, ip(last), began)).collect();
    let _at_work: Vec<_> = phones
        .iter()
        .zip(1..)
        .map(|(one, number)| (all.join(one, device(number)), one.request()))
        .collect();
    for last in 10..100 {
        let stranger = all.admit(ip(last), began).unwrap();
        // Even strangers who are at work make room for others.
        std::mem::forget(stranger.request());
    }
    assert_eq!(cut(&phones), [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn connections_from_this_machine_are_counted_apart() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let (began, loopback) = (Instant::now(), IpAddr::from([127, 0, 0, 1]));
    let mapped = "::ffff:127.0.0.1".parse().unwrap();
    let here = open(&all, NUMBERS.local, loopback, began);
    for last in 1..100 {
        open(&all, 2, ip(last), began);
    }
    assert_eq!(cut(&here), [0; 0], "others never cost the manager a connection");
    assert!(all.admit(mapped, began).is_some());
    assert_eq!(cut(&here), [0]);
    let _at_work: Vec<_> = here.iter().map(Connection::request).collect();
    let more = open(&all, 1, loopback, began);
    let _more_at_work = more[0].request();
    assert!(all.admit(loopback, began).is_none(), "whoever is at work is not cut for another");
}

#[tokio::test(start_paused = true)]
async fn a_device_has_so_many_connections_from_wherever_it_comes() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let own: Vec<_> = (1..).take(4).map(|last| all.admit(ip(last), began).unwrap()).collect();
    let joined: Vec<_> = own.iter().map(|one| all.join(one, device(1))).collect();
    assert_eq!((joined, cut(&own)), (vec![true; 4], vec![0]));
    let _at_work: Vec<_> = own.iter().map(Connection::request).collect();
    let one_more = all.admit(ip(9), began).unwrap();
    assert!(!all.join(&one_more, device(1)), "all others are at work");
    assert!(all.join(&own[1], device(1)), "who is in stays in");
}

#[tokio::test(start_paused = true)]
async fn so_many_devices_share_a_connection_and_not_one_more() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let shared = all.admit(ip(1), Instant::now()).unwrap();
    let most = limits::CONNECTION_DEVICES_MAX as u8;
    assert!((0..most).all(|number| all.join(&shared, device(number))));
    assert!(!all.join(&shared, device(most)));
    assert!(all.join(&shared, device(0)));
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_over_when_nothing_was_asked_on_it_for_too_long() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let [stranger, phone, here] =
        [ip(1), ip(2), IpAddr::from([127, 0, 0, 1])].map(|from| all.admit(from, began).unwrap());
    all.join(&phone, device(1));
    let moment = Duration::from_millis(1);
    for (one, silence_max) in [
        (&stranger, limits::STRANGER_SILENCE_TIME_MAX),
        (&phone, limits::SILENCE_TIME_MAX),
        (&here, limits::SILENCE_TIME_MAX),
    ] {
        assert!(!one.is_over(began + silence_max - moment));
        let at_work = one.request();
        assert!(!one.is_over(began + 2 * silence_max));
        drop(at_work);
        all.sweep(began + silence_max);
        assert!(one.is_cut());
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_over_when_what_is_sent_on_it_is_not_taken() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let (late, one) = (began + limits::TAKEN_TIME_MAX, all.admit(ip(1), began).unwrap());
    let _at_work = one.request();
    assert!(!one.is_over(late), "it may think for as long as it wants to");
    let answer = one.answer();
    assert!(one.is_over(late));
    drop(answer);
    assert!(!one.is_over(late), "the answer is through");
    one.wrote(None);
    assert!(one.is_over(late), "the socket is full");
    one.wrote(Some(limits::TAKEN_BYTES_MIN - 1));
    assert!(one.is_over(late), "a few bytes are not enough");
    one.flushed();
    assert!(!one.is_over(late));
}

#[tokio::test(start_paused = true)]
async fn all_connections_of_a_device_end_and_the_one_of_the_order_a_moment_later() {
    let directory = tempfile::tempdir().unwrap();
    let all = connections(&directory);
    let began = Instant::now();
    let own = open(&all, 3, ip(1), began);
    own.iter().for_each(|one| assert!(all.join(one, device(1))));
    assert!(all.join(&own[1], device(2)), "another one asks on the same connection");
    let other = all.admit(ip(2), began).unwrap();
    all.join(&other, device(2));
    all.end(device(1), Some(&own[2]), began);
    assert_eq!((cut(&own), other.is_cut()), (vec![0, 1], false));
    all.sweep(began + limits::LAST_ANSWER_TIME - Duration::from_millis(1));
    assert_eq!(cut(&own), [0, 1]);
    all.sweep(began + limits::LAST_ANSWER_TIME);
    assert_eq!(cut(&own), [0, 1, 2]);
}

#[test]
fn few_files_leave_few_connections_and_many_not_more_than_the_limit() {
    let most = Numbers::for_files(u64::MAX);
    assert_eq!((most.local, most.others), (limits::CONNECTIONS_LOCAL_MAX, limits::CONNECTIONS_MAX));
    for files in [0, 10, 256, 1_024, 4_096] {
        let numbers = Numbers::for_files(files);
        assert!(numbers.local > 0 && numbers.others > 0);
        let reserved = limits::FILES_RESERVED + 2;
        assert!(
            numbers.local + numbers.others
                <= (files as usize).max(reserved) - limits::FILES_RESERVED
        );
    }
}
