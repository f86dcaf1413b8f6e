//! A disk that fills up while phones push, and has space again later.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use chasqui_harness::{
    Agent, Base, Founded, Phone, Trouble, hash,
    process::{Laptop, program},
};
use chasqui_shared::Code;
use tempfile::TempDir;

use crate::faults::{auditor::Auditor, upload::begin, uploads::survives_a_full_disk};

const DISK_BYTES: u64 = 24 * 1024 * 1024;
/// Pushes of one phone that a full disk may still have room for.
const PUSHES_MAX: usize = 200;

/// A place that can be filled.
trait SmallDisk {
    fn directory(&self) -> &Path;
    /// How the program is started on it.
    fn program(&self) -> Command;
    fn fill(&self, laptop: &Laptop);
    fn make_space(&self, laptop: &Laptop);
}

#[test]
fn a_full_disk_loses_nothing_and_needs_no_restart() {
    let Some(disk) = Mounted::new() else {
        eprintln!("no disk can be mounted here; the limit on file sizes is tested all the same");
        return;
    };
    fill_and_make_space(&disk);
}

#[test]
fn a_limit_on_file_sizes_is_a_full_disk() {
    fill_and_make_space(&Limited(tempfile::tempdir().unwrap()));
}

#[test]
fn an_upload_goes_on_when_a_full_disk_has_room_again() {
    let disk = Limited(tempfile::tempdir().unwrap());
    let data = disk.directory().join("data");
    let laptop = Laptop::start_by(disk.program(), &data);
    let (fill, make_space) = (|| disk.fill(&laptop), || disk.make_space(&laptop));
    survives_a_full_disk(&laptop, &data, fill, make_space);
}

#[test]
fn a_disk_without_the_reserve_takes_no_uploads() {
    let Some(disk) = Mounted::new() else {
        eprintln!("no disk can be mounted here");
        return;
    };
    let laptop = Laptop::start_by(disk.program(), &disk.directory().join("data"));
    let refused = begin(&laptop.base, &hash(b"hello"), 5).unwrap();
    let failure = refused.json::<serde_json::Value>();
    assert_eq!((refused.status, &failure["code"]), (507, &"disk_reserve".into()));
    assert_eq!(failure["retryable"], true);
}

fn fill_and_make_space(disk: &impl SmallDisk) {
    let data = disk.directory().join("data");
    let start = || Laptop::start_by(disk.program(), &data);
    let mut laptop = start();
    let mut auditor = Auditor::new(laptop.charter());
    let mut phones: Vec<_> = (1..=4).map(|device| Phone::new(&laptop, device)).collect();
    for phone in &mut phones {
        phone.record_many(50, 200);
        phone.push_all(&laptop.base).unwrap();
    }

    disk.fill(&laptop);
    phones = push_at_once(phones, &laptop, push_until_full);
    auditor.audit(&laptop, &phones);
    let csv = "lat,lon,note\n".to_owned() + &format!("1,1,{}\n", "n".repeat(900)).repeat(2_000);
    refused_as_full(Agent::new().import(&laptop.base, csv.as_bytes()).map(drop));

    laptop.kill();
    laptop = start();
    disk.fill(&laptop);
    auditor.audit(&laptop, &phones);
    for phone in &mut phones {
        phone.offers(&laptop.base).unwrap();
        push_until_full(phone, &laptop.base);
    }

    disk.make_space(&laptop);
    phones = push_at_once(phones, &laptop, |phone, base| phone.push_all(base).unwrap());
    auditor.audit(&laptop, &phones);
    for phone in &phones {
        assert_eq!(phone.acknowledged, phone.recorded());
    }
}

/// Lets every phone push on a thread of its own.
fn push_at_once(phones: Vec<Phone>, laptop: &Laptop, push: fn(&mut Phone, &Base)) -> Vec<Phone> {
    let pushing = phones.into_iter().map(|mut phone| {
        let base = laptop.base.clone();
        thread::spawn(move || {
            push(&mut phone, &base);
            phone
        })
    });
    let pushing: Vec<_> = pushing.collect();
    pushing.into_iter().map(|phone| phone.join().unwrap()).collect()
}

fn push_until_full(phone: &mut Phone, base: &Base) {
    for _ in 0..PUSHES_MAX {
        if phone.batch().runs.is_empty() {
            phone.record_many(200, 1_000);
        }
        let answered = phone.push(base);
        if answered.is_err() {
            return refused_as_full(answered);
        }
    }
    panic!("the disk is not full");
}

fn refused_as_full(answered: Result<(), Trouble>) {
    match answered {
        Err(Trouble::Refused(507, failure)) => {
            assert_eq!((&failure.code, failure.retryable), (&Code::LaptopFull, true));
        }
        other => panic!("the disk is full, and the laptop says {other:?}"),
    }
}

/// A file system of its own in memory.
struct Mounted(PathBuf, TempDir);

impl Mounted {
    /// `None` where this user may not mount.
    fn new() -> Option<Self> {
        let directory = tempfile::tempdir().unwrap();
        let size = format!("size={DISK_BYTES}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(directory.path());
        let is_mounted = mount.output().is_ok_and(|done| done.status.success());
        is_mounted.then(|| Self(directory.path().join("ballast"), directory))
    }
}

impl SmallDisk for Mounted {
    fn directory(&self) -> &Path {
        self.1.path()
    }

    fn program(&self) -> Command {
        Command::new(program())
    }

    fn fill(&self, _: &Laptop) {
        let mut ballast = File::options().append(true).create(true).open(&self.0).unwrap();
        for size in [1 << 20, 1 << 12] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_space(&self, _: &Laptop) {
        fs::remove_file(&self.0).unwrap();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Were it still busy, the directory would stay behind, and nothing else.
        let _ = Command::new("umount").arg(self.1.path()).status();
    }
}

/// A limit on how large a file of the program may be, which any user may set.
struct Limited(TempDir);

impl Limited {
    fn set(laptop: &Laptop, soft_limit: &str) {
        let limit = format!("--fsize={soft_limit}:");
        let pid = laptop.pid().to_string();
        let set = Command::new("prlimit").args([&limit, "--pid", &pid]).status().unwrap();
        assert!(set.success());
    }
}

impl SmallDisk for Limited {
    fn directory(&self) -> &Path {
        self.0.path()
    }

    /// The limit then is an error of the write, and not the end of the program.
    fn program(&self) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(program());
        shell
    }

    fn fill(&self, laptop: &Laptop) {
        let file = self.directory().join("data/chasqui-1.redb");
        Self::set(laptop, &fs::metadata(file).unwrap().len().to_string());
    }

    fn make_space(&self, laptop: &Laptop) {
        Self::set(laptop, "unlimited");
    }
}
