//! Clients that hold what they get: connections that do nothing, answers that nobody reads.
#![cfg(target_os = "linux")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
};

use chasqui_harness::{
    Base, Device, Phone,
    process::{Laptop, program},
};

/// Connections that one phone leaves unread.
const UNREAD: usize = 60;
const OBSERVATIONS: usize = 2_000;
const NOTE_BYTES: usize = 4_000;
/// A part of what the answers have together, which are 8 MB each.
const UNREAD_MEMORY_KIB_MAX: u64 = 64 * 1024;

fn connect(base: &Base) -> TcpStream {
    TcpStream::connect(base.url.trim_start_matches("http://")).unwrap()
}

fn ask(base: &Base, path: &str) -> TcpStream {
    let mut stream = connect(base);
    let key = &base.key;
    let head = format!(
        "GET /api/v1/{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// The status of an answer of which no more is read.
fn status(stream: &mut TcpStream) -> u16 {
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    String::from_utf8_lossy(&head[9..]).parse().unwrap()
}

fn memory_kib(laptop: &Laptop) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", laptop.pid())).unwrap();
    let now = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    now.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn long_answers_that_one_phone_does_not_read_are_not_held_in_memory() {
    let directory = tempfile::tempdir().unwrap();
    let laptop = Laptop::start(&directory.path().join("data"));
    let mut phone = Phone::new(&laptop, 1);
    phone.record_many(OBSERVATIONS, NOTE_BYTES);
    phone.push_all(&laptop.base).unwrap();
    let bad = Device::new(1, "a phone").pair_at(&laptop.base);
    // Whatever one of them costs once is not what all of them cost.
    let mut whole = ask(&laptop.base, "observations?format=geojson");
    let mut read = 0;
    while read < OBSERVATIONS * NOTE_BYTES {
        read += whole.read(&mut [0; 64 * 1024]).unwrap();
    }
    let before = memory_kib(&laptop);
    let mut unread: Vec<_> =
        (0..UNREAD).map(|_| ask(&bad, "observations?format=geojson")).collect();
    let statuses: Vec<_> = unread.iter_mut().map(status).collect();
    let held = memory_kib(&laptop).saturating_sub(before);
    eprintln!("{} MiB for {UNREAD} answers; {statuses:?}", held / 1024);
    assert!(held < UNREAD_MEMORY_KIB_MAX, "{held} KiB");
    assert!(statuses.contains(&200), "some are answered");
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert!(laptop.entries() > OBSERVATIONS as u64, "others are answered");
    let other = Device::new(2, "a phone").pair_at(&laptop.base);
    assert_eq!(status(&mut ask(&other, "observations?format=geojson")), 200);
}

#[test]
fn idle_connections_make_room_for_new_ones_however_few_files_may_be_open() {
    const FILES: usize = 400;
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {FILES}; exec \"$0\" \"$@\"")]).arg(program());
    let laptop = Laptop::start_by(command, &directory.path().join("data"));
    let mut idle: Vec<_> = (0..FILES + 100)
        .map(|_| {
            let mut stream = connect(&laptop.base);
            stream.write_all(b"GET /api/v1/hello HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
            assert_eq!(status(&mut stream), 200);
            stream
        })
        .collect();
    assert_eq!(laptop.entries(), 0, "the manager gets in");
    let mut rest = Vec::new();
    let ended = idle[0].read_to_end(&mut rest);
    assert!(ended.is_ok() || ended.is_err_and(|error| error.raw_os_error().is_some()));
}

#[test]
fn the_program_opens_as_many_files_as_the_system_lets_it() {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -S -n 300; exec \"$0\" \"$@\""]).arg(program());
    let laptop = Laptop::start_by(command, &directory.path().join("data"));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", laptop.pid())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let words: Vec<_> = files.split_whitespace().collect();
    assert_eq!(words[3], words[4], "{files}");
}
