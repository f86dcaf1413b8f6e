//! A working day of twenty phones, a manager, a guest and five listeners, shortened: memory levels
//! off.
//!
//! `CHASQUI_SOAK_ROUNDS=…` makes the day longer: a round is about half a minute of it, so that
//! 1,000 are a long day.

use std::{
    fs,
    io::{self, Write},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use chasqui_harness::{Agent, Base, Device, Phone, hash, process::Laptop};
use chasqui_shared::{Epoch, LogWriter};

use crate::faults::upload::{self, Upload};

const PHONES: u16 = 20;
const LISTENERS: usize = 5;
/// Rounds of one run: each is a visit of every phone.
const ROUNDS: usize = 15;
/// Observations that a phone brings in a round, and bytes of the note of each.
const OBSERVATIONS: usize = 8;
const NOTE_BYTES: usize = 200;
const PHOTO_BYTES: usize = 110_000;
/// One phone in so many brings a photo.
const PHOTO_EVERY: usize = 5;
/// What the laptop may hold while it works and after it.
const MEMORY_KIB_MAX: u64 = 120 * 1024;

#[test]
fn memory_levels_off_while_twenty_phones_come_and_go() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut visitors: Vec<_> = (1..=PHONES).map(|n| Visitor::new(&laptop, n)).collect();
    let rounds = std::env::var("CHASQUI_SOAK_ROUNDS").map_or(ROUNDS, |n| n.parse().unwrap());
    let requests = AtomicU64::new(0);
    let mut memory_kib = Vec::new();
    thread::scope(|listening| {
        let listeners: Vec<_> = (0..LISTENERS).map(|_| listen(&laptop.base)).collect();
        for stream in &listeners {
            let mut stream = stream.try_clone().unwrap();
            listening.spawn(move || io::copy(&mut stream, &mut io::sink()));
        }
        for round in 0..rounds {
            thread::scope(|scope| {
                for visitor in &mut visitors {
                    let requests = &requests;
                    scope.spawn(move || visitor.visits(round, requests));
                }
                scope.spawn(|| look(&laptop.base, &requests));
                scope.spawn(|| guest(&laptop.base, round));
            });
            memory_kib.push(resident_kib(laptop.pid()));
            if round % 50 == 49 {
                eprintln!("round {}: {} KiB", round + 1, memory_kib[round]);
            }
        }
        for stream in listeners {
            stream.shutdown(std::net::Shutdown::Both).unwrap();
        }
    });
    eprintln!("{requests:?} requests; resident after each round, KiB: {memory_kib:?}");
    let highest = memory_kib.iter().max().copied().unwrap();
    assert!(highest <= MEMORY_KIB_MAX, "{highest} KiB");
    let acknowledged = visitors.iter().map(|visitor| visitor.phone.acknowledged.seq);
    assert!(laptop.entries() >= acknowledged.sum::<u64>());
    laptop.has_not_panicked();
}

/// A phone with what it needs to come.
struct Visitor {
    phone: Phone,
    agent: Agent,
    base: Base,
    number: u16,
}

impl Visitor {
    fn new(laptop: &Laptop, number: u16) -> Self {
        let phone = Phone::new(laptop, number);
        let base = phone.pair_at(&laptop.base);
        Self { phone, agent: Agent::new(), base, number }
    }

    /// It brings what it recorded since, sometimes a photo, and takes some of what others brought.
    fn visits(&mut self, round: usize, requests: &AtomicU64) {
        self.phone.record_many(OBSERVATIONS, NOTE_BYTES);
        let answer = self.phone.offers(&self.base).unwrap();
        self.phone.push_patiently(&self.base);
        let ranges: Vec<_> = answer.offered.into_iter().take(4).collect();
        if !ranges.is_empty() {
            assert!(!self.phone.pulls(&self.base, ranges).runs.is_empty());
        }
        requests.fetch_add(3, Ordering::Relaxed);
        if (round + usize::from(self.number)).is_multiple_of(PHOTO_EVERY) {
            let seed = (round as u64) << 16 | u64::from(self.number);
            let mut photo = vec![0; PHOTO_BYTES];
            fastrand::Rng::with_seed(seed).fill(&mut photo);
            let begun = upload::begin(&self.base, &hash(&photo), photo.len() as u64).unwrap();
            let whole = upload::patch(&self.base, &Upload::of(&begun), &photo, &AtomicU64::new(0));
            assert_eq!(whole.unwrap().status, 204);
            requests.fetch_add(2, Ordering::Relaxed);
        } else {
            self.agent.get_bytes(&self.base, "observations?limit=100").unwrap();
            requests.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The manager looks at all that the page shows.
fn look(base: &Base, requests: &AtomicU64) {
    let agent = Agent::new();
    for path in [
        "status",
        "peers",
        "devices",
        "notices",
        "pairings",
        "observations?limit=100",
        "observations?limit=100&text=nnn",
        "observations?format=geojson&limit=1000",
    ] {
        agent.get_bytes(base, path).unwrap();
        requests.fetch_add(1, Ordering::Relaxed);
    }
}

/// Somebody is let in, looks round, and is put out. It is the same device again and again.
fn guest(base: &Base, round: usize) {
    let log_writer = LogWriter::new(&[0x99; 32], Epoch([(round % 100) as u8; 16]));
    let device = Device::with_log_writer(log_writer);
    let guest = device.pair_at(base);
    let _stream = listen(&guest);
    Agent::new().get_bytes(&guest, "observations?limit=10").unwrap();
    let path = format!("pairings/{}/revoke", device.id());
    Agent::new().post(base, &path, "application/json", b"{}").unwrap();
}

/// A page that listens to events.
fn listen(base: &Base) -> TcpStream {
    let mut stream = TcpStream::connect(base.url.trim_start_matches("http://")).unwrap();
    let request = format!(
        "GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\r\n",
        base.key
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn resident_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    resident.trim().trim_end_matches(" kB").parse().unwrap()
}
