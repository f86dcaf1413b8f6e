//! Files between laptops: a meeting moves those that only one side has.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use chasqui_harness::{Phone, hash, on_ports::Laptop};
use chasqui_server::peer_sync::PeerSyncState;
use chasqui_shared::{Code, Role};
use serde_json::json;

/// Bytes that do not pack, the same for the same seed.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    std::iter::repeat_with(|| random.u8(..)).take(bytes).collect()
}

/// A laptop with an observation whose file is there.
fn photograph(laptop: &Laptop, device: u8, file: &[u8]) {
    let mut phone = Phone::new(laptop, device.into());
    phone.photograph(device, file);
    phone.sync_by_http(laptop);
    laptop.upload(file);
}

#[test]
fn a_meeting_gives_each_side_the_files_that_only_the_other_has_and_the_next_one_moves_none() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let (ours, theirs, both) = (noise(1, 300_000), noise(2, 9_000_000), noise(3, 1_000));
    photograph(&town, 1, &ours);
    photograph(&village, 2, &theirs);
    photograph(&town, 3, &both);
    photograph(&village, 3, &both);
    let unnamed = noise(4, 1_000);
    village.upload(&unnamed);

    let met = town.meet(&village);
    assert_eq!((met.failure, met.files_done, met.files_total), (None, 2, 2));
    assert_eq!(town.file(&hash(&theirs)), Some(theirs));
    assert_eq!(village.file(&hash(&ours)), Some(ours));
    assert_eq!(town.file(&hash(&unnamed)), None, "no record names it");
    let again = town.meet(&village);
    assert_eq!((again.state, again.files_total), (PeerSyncState::Finished, 0));
}

#[test]
fn over_a_line_that_is_cut_a_file_goes_on_where_it_was_both_ways() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let (ours, theirs) = (noise(1, 6_000_000), noise(2, 6_000_000));
    photograph(&town, 1, &ours);
    photograph(&village, 2, &theirs);
    let wifi = Wifi::to(&village, 2_500_000);
    let order = json!({ "url": wifi.url, "code": village.code(Role::Manager) });
    let mut met = town.meet_by(order);
    for _ in 0..5 {
        if met.failure.is_none() {
            break;
        }
        met = town.meet_by(json!({ "url": wifi.url }));
    }
    assert_eq!(met.failure, None);
    assert_eq!(town.file(&hash(&theirs)).as_ref(), Some(&theirs));
    assert_eq!(village.file(&hash(&ours)).as_ref(), Some(&ours));
    let moved = wifi.moved.load(Ordering::Relaxed);
    let files = (ours.len() + theirs.len()) as u64;
    assert!((files..files + files / 10).contains(&moved), "{moved} bytes for {files}");
}

#[test]
fn a_file_that_is_damaged_on_the_other_side_is_named_and_keeps_no_other_back() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let (damaged, whole) = (noise(1, 1_000), noise(2, 2_000));
    photograph(&village, 1, &damaged);
    photograph(&village, 2, &whole);
    let name = hash(&damaged);
    let path = village.path().join("media/blobs").join(&name[..2]).join(&name);
    // As the disk alters it: nothing tells of it but the bytes.
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, noise(3, 1_000)).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();

    let met = town.meet(&village);
    assert_eq!((met.state, met.files_done), (PeerSyncState::Failed, 1));
    let failure = met.failure.unwrap();
    assert_eq!(failure.code, Code::HashWrong);
    assert!(failure.message.starts_with("1.jpg"), "{failure}");
    assert_eq!((town.file(&name), town.file(&hash(&whole))), (None, Some(whole)));
}

#[test]
fn a_file_that_an_audit_sets_aside_comes_back_from_another_laptop() {
    let town = Laptop::start();
    let village = Laptop::start_with(&town);
    let file = noise(1, 100_000);
    photograph(&town, 1, &file);
    assert_eq!(town.meet(&village).files_done, 1);
    let name = hash(&file);
    let path = village.path().join("media/blobs").join(&name[..2]).join(&name);
    fs::write(path, noise(2, 100_000)).unwrap();

    let audited = village.put("audit", json!({}));
    assert_eq!(audited["media"]["damaged"]["hashes"], json!([name]), "{audited}");
    assert_eq!(
        (village.file(&name), village.read("status")["media"]["here"].clone()),
        (None, json!(0))
    );
    let met = village.meet(&town);
    assert_eq!((met.failure, met.files_done), (None, 1));
    assert_eq!(village.file(&name), Some(file));
    assert_eq!(village.put("audit", json!({}))["media"]["damaged"]["count"], json!(0));
}

#[test]
fn a_laptop_that_is_not_let_in_any_more_asks_for_no_further_file() {
    for code in ["revoked", "not_paired"] {
        // The smallest goes first, one way or the other.
        for (ours, theirs) in [(1_000, [2_000, 3_000]), (3_000, [1_000, 2_000])] {
            let town = Laptop::start();
            let village = Laptop::start_with(&town);
            photograph(&town, 1, &noise(1, ours));
            photograph(&village, 2, &noise(2, theirs[0]));
            photograph(&village, 3, &noise(3, theirs[1]));
            let (url, asked) = shut(&village, code);
            let met = town.meet_by(json!({ "url": url, "code": village.code(Role::Manager) }));
            assert_eq!((met.state, met.files_done, met.files_total), (PeerSyncState::Failed, 0, 3));
            assert_eq!(met.failure.unwrap().code.as_str(), code);
            assert_eq!(asked.load(Ordering::SeqCst), 1, "{code}");
        }
    }
}

/// A way to a laptop that is not let in any more once it comes to the files; with how often one was
/// asked for or announced.
fn shut(laptop: &Laptop, code: &str) -> (String, Arc<AtomicU64>) {
    let there = laptop.url.strip_prefix("http://").unwrap().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let failure = json!({ "code": code, "message": "not any more", "retryable": false });
    let failure = failure.to_string();
    let refusal = format!(
        "HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n\
         {failure}",
        failure.len()
    );
    let asked = Arc::new(AtomicU64::new(0));
    let counted = asked.clone();
    // Ends with the test's process.
    thread::spawn(move || {
        for near in listener.incoming() {
            let (mut near, mut far) = (near.unwrap(), TcpStream::connect(&there).unwrap());
            let (back, home) = (far.try_clone().unwrap(), near.try_clone().unwrap());
            thread::spawn(move || pass_on(back, home, &AtomicU64::new(0), u64::MAX));
            let (counted, refusal) = (counted.clone(), refusal.clone());
            thread::spawn(move || {
                let mut buffer = [0; 16 * 1024];
                while let Ok(read @ 1..) = near.read(&mut buffer) {
                    // Who waits for each answer sends the head of a request alone or first.
                    if is_of_a_file(&buffer[..read]) {
                        counted.fetch_add(1, Ordering::SeqCst);
                        near.write_all(refusal.as_bytes()).unwrap();
                    } else {
                        far.write_all(&buffer[..read]).unwrap();
                    }
                }
                let _ = far.shutdown(Shutdown::Both);
            });
        }
    });
    (url, asked)
}

/// Whether a request is for a file, or announces one.
fn is_of_a_file(request: &[u8]) -> bool {
    [&b"GET /api/v1/media/"[..], b"POST /api/v1/media "]
        .iter()
        .any(|head| request.starts_with(head))
}

/// A way to a laptop that breaks each time so many bytes have gone over it, either way.
struct Wifi {
    url: String,
    moved: Arc<AtomicU64>,
}

impl Wifi {
    fn to(laptop: &Laptop, cut_after: u64) -> Self {
        let there = laptop.url.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let moved = Arc::new(AtomicU64::new(0));
        let counted = moved.clone();
        // Ends with the test's process.
        thread::spawn(move || {
            for near in listener.incoming() {
                let (near, far) = (near.unwrap(), TcpStream::connect(&there).unwrap());
                let before = counted.load(Ordering::Relaxed);
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let counted = counted.clone();
                    thread::spawn(move || pass_on(from, to, &counted, before + cut_after));
                }
            }
        });
        Self { url, moved }
    }
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, moved: &AtomicU64, cut_at: u64) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read) = from.read(&mut buffer)
        && read > 0
        && to.write_all(&buffer[..read]).is_ok()
        && moved.fetch_add(read as u64, Ordering::Relaxed) < cut_at
    {}
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
