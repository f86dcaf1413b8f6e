//! Many clients at once, and clients that go away in the middle.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::{Arc, Barrier},
    thread,
};

use chasqui_harness::{Agent, Founded, Phone, Trouble, process::Laptop};
use chasqui_server::limits::IMPORTS_MAX;
use chasqui_shared::{Code, limits::SYNC_BODY_BYTES_MAX, to_cbor};

use crate::faults::auditor::Auditor;

const CLIENTS: u16 = 200;
/// What each of them brings: a day of work.
const OBSERVATIONS: usize = 50;
const NOTE_BYTES: usize = 500;
/// What the laptop may hold with a million entries. The crowd's batches are 8 MB in all, held some
/// times over while they are read, checked and written; the database may keep 20 MiB of pages.
#[cfg(target_os = "linux")]
const MEMORY_KIB_MAX: u64 = 300 * 1024;
/// The room for bodies three times over, and what the laptop needs for itself.
#[cfg(target_os = "linux")]
const MEMORY_UNDER_ATTACK_KIB_MAX: u64 = 600 * 1024;

#[test]
fn two_hundred_clients_at_once_all_get_their_answers_in_bounded_memory() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let charter = laptop.charter();
    let together = Arc::new(Barrier::new(usize::from(CLIENTS)));
    let clients: Vec<_> = (1..=CLIENTS)
        .map(|device| {
            let (base, together) = (laptop.base.clone(), together.clone());
            thread::spawn(move || {
                let mut phone = Phone::new(&charter, device);
                phone.record_many(OBSERVATIONS, NOTE_BYTES);
                together.wait();
                let lacked = phone.offers(&base).unwrap().wanted;
                assert_eq!(lacked[0].until, phone.recorded());
                phone.push_patiently(&base);
                assert!(phone.offers(&base).unwrap().wanted.is_empty());
                phone
            })
        })
        .collect();
    let phones: Vec<_> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    assert_eq!(laptop.entries(), u64::from(CLIENTS) * OBSERVATIONS as u64);
    Auditor::new(charter).audit(&laptop, &phones);
    #[cfg(target_os = "linux")]
    assert_memory_stayed_below(&laptop, MEMORY_KIB_MAX);
}

#[test]
fn two_hundred_of_the_largest_bodies_at_once_are_held_in_bounded_memory() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut phone = Phone::new(&laptop, 1);
    phone.record_many(10, 100);
    let largest = request(&laptop, "changes", &vec![0; SYNC_BODY_BYTES_MAX]);
    let mut strangers = Vec::new();
    for _ in 0..CLIENTS {
        let mut stream = connect(&laptop);
        // The laptop does not read to its end what it has no room for.
        let _ = stream.write_all(&largest[..largest.len() - 1]);
        strangers.push(stream);
    }
    // What little room they leave is enough for a phone, now or when the first of them are cut off.
    phone.push_patiently(&laptop.base);
    drop(strangers);
    assert_eq!(laptop.entries(), 10);
    #[cfg(target_os = "linux")]
    assert_memory_stayed_below(&laptop, MEMORY_UNDER_ATTACK_KIB_MAX);
}

#[test]
fn uploads_that_trickle_leave_the_laptop_free_for_others() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let upload = request(&laptop, "import?name=a.csv", &[b'x'; 1_000]);
    let mut uploads = Vec::new();
    let refused = loop {
        let mut stream = connect(&laptop);
        stream.write_all(&upload[..upload.len() - 1]).unwrap();
        uploads.push(stream);
        match Agent::new().import(&laptop.base, b"").unwrap_err() {
            // The laptop has not noticed enough of them yet.
            Trouble::Refused(422, _) => assert!(uploads.len() < 100 * IMPORTS_MAX),
            refused => break refused,
        }
    };
    let busy = matches!(&refused, Trouble::Refused(503, failure) if failure.code == Code::Busy);
    assert!(busy, "{refused:?}");
    let mut phone = Phone::new(&laptop, 1);
    phone.record_many(10, 100);
    phone.push_all(&laptop.base).unwrap();
    drop(uploads);
}

#[test]
fn clients_that_vanish_leave_nothing_behind_and_cost_others_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut phones: Vec<_> = (1..=60).map(|device| Phone::new(&laptop, device)).collect();
    for (number, phone) in phones.iter_mut().enumerate() {
        phone.record_many(20, 100);
        let request = request(&laptop, "changes", &to_cbor(&phone.batch()).unwrap());
        let mut stream = connect(&laptop);
        match number % 3 {
            // Gone in the middle of the headers, in the middle of the body, and before the answer.
            0 => stream.write_all(&request[..30]).unwrap(),
            1 => stream.write_all(&request[..request.len() / 2]).unwrap(),
            _ => stream.write_all(&request).unwrap(),
        }
    }
    // What they had sent whole may be there or not; sent again, it is there once.
    phones.iter_mut().for_each(|phone| phone.push_all(&laptop.base).unwrap());
    Auditor::new(laptop.charter()).audit(&laptop, &phones);
    assert_eq!(laptop.entries(), 60 * 20);
    drop(phones);
    #[cfg(target_os = "linux")]
    await_few_connections(&laptop);
}

#[test]
fn clients_that_trickle_keep_nobody_waiting() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut phone = Phone::new(&laptop, 1);
    let mut slow = Phone::new(&laptop, 2);
    slow.record_many(1, 50);
    let request = request(&laptop, "changes", &to_cbor(&slow.batch()).unwrap());
    let (mut sent, mut trickling) = (request.len() - 40, Vec::new());
    for _ in 0..100 {
        let mut stream = connect(&laptop);
        stream.write_all(&request[..sent]).unwrap();
        trickling.push(stream);
    }
    // Between any two bytes of the hundred, somebody else is served.
    while sent < request.len() - 1 {
        trickling.iter_mut().for_each(|stream| stream.write_all(&request[sent..][..1]).unwrap());
        sent += 1;
        phone.record_many(5, 100);
        phone.push_all(&laptop.base).unwrap();
    }
    assert_eq!(laptop.entries(), phone.acknowledged.seq);
    let mut last = trickling.pop().unwrap();
    last.write_all(&request[sent..]).unwrap();
    let mut answer = Vec::new();
    last.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "slow is not wrong");
}

fn connect(laptop: &Laptop) -> TcpStream {
    TcpStream::connect(laptop.base.url.trim_start_matches("http://")).unwrap()
}

/// The bytes of a request whose answer closes the connection.
fn request(laptop: &Laptop, path: &str, body: &[u8]) -> Vec<u8> {
    let (length, key) = (body.len(), &laptop.base.key);
    let head = format!(
        "POST /api/v1/{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\
         content-type: application/cbor\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// The most memory that the program ever held, in KiB.
#[cfg(target_os = "linux")]
fn memory_peak_kib(laptop: &Laptop) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", laptop.pid())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
pub fn assert_memory_stayed_below(laptop: &Laptop, kib_max: u64) {
    let peak_kib = memory_peak_kib(laptop);
    eprintln!("{} MiB of memory at the most", peak_kib / 1024);
    assert!(peak_kib < kib_max, "{peak_kib} KiB");
}

/// Asks until the laptop holds no connection but this one and the ones it listens on.
#[cfg(target_os = "linux")]
fn await_few_connections(laptop: &Laptop) {
    let sockets = || {
        let open = std::fs::read_dir(format!("/proc/{}/fd", laptop.pid())).unwrap();
        let targets = open.filter_map(|fd| std::fs::read_link(fd.unwrap().path()).ok());
        targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count()
    };
    while sockets() > 8 {
        laptop.entries();
    }
}
