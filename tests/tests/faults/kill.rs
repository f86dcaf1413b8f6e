//! `kill -9` while several phones push.
//!
//! It shows what survives the end of the process. What survives a loss of power is played with a
//! disk in memory, where every write can be cut: the page cache of this machine does not go with
//! the process.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::faults::{auditor::Auditor, random};
use chasqui_harness::{Base, Founded, Phone, Trouble, process::Laptop};

const KILLS: usize = 20;
const PHONES: u16 = 4;
/// Longest time from the first answer to the kill: some commits.
const MOMENT_MS_MAX: u64 = 250;

#[test]
fn nothing_acknowledged_is_missing_after_twenty_kills() {
    let mut random = random("nothing_acknowledged_is_missing_after_twenty_kills");
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let mut laptop = Laptop::start(&data);
    let mut auditor = Auditor::new(laptop.charter());
    let mut phones: Vec<_> = (1..=PHONES).map(|device| Phone::new(&laptop, device)).collect();
    for _ in 0..KILLS {
        let moment = Duration::from_millis(random.u64(0..=MOMENT_MS_MAX));
        phones = push_until_killed(laptop, phones, moment, &mut random);
        laptop = Laptop::start(&data);
        auditor.audit(&laptop, &phones);
    }
    let acknowledged: u64 = phones.iter().map(|phone| phone.acknowledged.seq).sum();
    eprintln!("{acknowledged} entries acknowledged, {} held", auditor.entries());
    phones.iter_mut().for_each(|phone| phone.push_all(&laptop.base).unwrap());
    auditor.audit(&laptop, &phones);
}

/// Kills the laptop so long after its first answer; returns the phones when each has noticed.
fn push_until_killed(
    laptop: Laptop,
    phones: Vec<Phone>,
    moment: Duration,
    random: &mut fastrand::Rng,
) -> Vec<Phone> {
    let (answers, answered) = mpsc::channel();
    let pushing: Vec<_> = phones
        .into_iter()
        .map(|phone| {
            let (base, answers, random) = (laptop.base.clone(), answers.clone(), random.fork());
            thread::spawn(move || push_until_gone(phone, &base, &answers, random))
        })
        .collect();
    answered.recv().unwrap();
    let killed_at = Instant::now() + moment;
    while answered.recv_timeout(killed_at.saturating_duration_since(Instant::now())).is_ok() {}
    laptop.kill();
    pushing.into_iter().map(|phone| phone.join().unwrap()).collect()
}

fn push_until_gone(
    mut phone: Phone,
    base: &Base,
    answers: &mpsc::Sender<()>,
    mut random: fastrand::Rng,
) -> Phone {
    loop {
        phone.record_many(random.usize(1..=40), random.usize(0..=600));
        match phone.push(base) {
            // Nobody listens any more once the kill is on its way.
            Ok(()) => drop(answers.send(())),
            Err(Trouble::Gone(_)) => return phone,
            Err(Trouble::Refused(status, failure)) => panic!("{status} {failure}"),
        }
    }
}
