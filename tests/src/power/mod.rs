//! Power cuts at any write of a laptop as it ships, with the same judge as the simulation.
//!
//! Phones record, edit, are copied and thrown back, and meet the laptop, whose redb file lies on a
//! disk that loses power after any operation and may or may not have kept what was not synced. The
//! laptop takes its key from the system, so a seed tells the same story with other names.

mod disk;
mod laptop;

use chasqui_harness::Phone;
use chasqui_shared::{
    Author, Change, Draft, LogChange, LogView, MemoryLog, RecordId, Reply, Request, Role,
    Timestamp, VersionBytes, VersionId,
};
use fastrand::Rng;

pub use self::disk::{Disk, DiskKind};

use self::laptop::Laptop;
use crate::{
    Violation,
    chance::{fresh_log_writer, sync},
    judge::{Claim, Intent, Judge, Verdict, Written, hold},
    testimony::testimony,
};

const LAPTOP: usize = 0;
const PHONES_MAX: usize = 6;
const ROUNDS_MAX: u32 = 6;

/// Plays the story of a seed; says how often the power went, or what was broken.
pub fn cut_power(seed: u64, disk: DiskKind) -> Result<u32, Violation> {
    let mut village = Village::new(seed, disk)?;
    for _ in 0..village.random.u32(15..40) {
        village.act()?;
        if village.laptop.disk().is_out() {
            village.restart()?;
        }
    }
    village.laptop.disk().cut_after(u64::MAX);
    village.restart()?;
    village.become_quiet()?;
    Ok(village.cuts)
}

struct Village {
    random: Rng,
    laptop: Laptop,
    /// Replicas 1, 2, … of the judge.
    phones: Vec<Phone>,
    /// The state of a phone some time ago.
    backup: Option<(usize, Phone)>,
    judge: Judge,
    /// What the laptop said that it has.
    promised: Vec<VersionId>,
    notes: u32,
    cuts: u32,
}

impl Village {
    fn new(seed: u64, disk: DiskKind) -> Result<Self, Violation> {
        let mut random = Rng::with_seed(seed);
        let laptop = Laptop::new(disk)?;
        let count = random.usize(2..=4);
        let phones: Vec<_> = (0..count)
            .map(|_| Phone::with_log_writer(laptop.charter(), fresh_log_writer(&mut random)))
            .collect();
        let mut judge = Judge::new(laptop.charter().founder);
        judge.begins("the laptop".into());
        (1..=count).for_each(|number| judge.begins(format!("phone {number}")));
        let promised = Vec::new();
        Ok(Self { random, laptop, phones, backup: None, judge, promised, notes: 0, cuts: 0 })
    }

    fn act(&mut self) -> Verdict {
        let phone = self.random.usize(..self.phones.len());
        match self.random.u32(..20) {
            0..=7 => self.write(phone),
            8 => self.write_noise(phone),
            9 if self.phones.len() < PHONES_MAX => self.copy(phone),
            10 => {
                self.backup = Some((phone, self.phones[phone].clone()));
                Ok(())
            }
            11 => self.write_after_restore(),
            12..=13 => {
                self.laptop.disk().cut_after(self.random.u64(1..60));
                self.meet(phone).map(drop)
            }
            _ => self.meet(phone).map(drop),
        }
    }

    /// A phone records, or edits what it shows.
    fn write(&mut self, phone: usize) -> Verdict {
        let mut record = RecordId([0; 16]);
        self.random.fill(&mut record.0);
        let log = &self.phones[phone].log;
        let known: Vec<_> = log.records().filter(|(_, heads)| !heads.is_empty()).collect();
        if self.random.bool()
            && let Some((known, _)) = self.random.choice(known)
        {
            record = known;
        }
        self.notes += 1;
        let author = self.phones[phone].log_writer.owner().device;
        let now = Timestamp::from_millis(self.random.i64(..));
        let by = Author { device: author, role: Role::Monitor, now };
        let note = self.notes.to_string();
        let draft = Draft { category: "fire".into(), note, ..Draft::default() };
        let Ok(version) = draft.version(log, record, Change::Edit, by);
        let bytes = version.encode().map_err(|error| Violation(error.to_string()))?;
        let (id, parents, intent) = (bytes.id(), version.parents, Intent::Edit);
        let written =
            Written { id, record, parents, author, claim: Claim::None, deletes: false, intent };
        self.log(phone, written, bytes)
    }

    /// A phone logs bytes that are no version.
    fn write_noise(&mut self, phone: usize) -> Verdict {
        let noise: Vec<u8> = (0..20).map(|_| self.random.u8(..)).collect();
        let bytes = VersionBytes::new(noise).map_err(|error| Violation(error.to_string()))?;
        let author = self.phones[phone].log_writer.owner().device;
        let (id, record, parents) = (bytes.id(), RecordId([0; 16]), Vec::new());
        let intent = Intent::Foul;
        let written =
            Written { id, record, parents, author, claim: Claim::None, deletes: false, intent };
        self.log(phone, written, bytes)
    }

    fn log(&mut self, phone: usize, written: Written, bytes: VersionBytes) -> Verdict {
        self.judge.wrote(phone + 1, written)?;
        self.phones[phone].write(bytes);
        let changes = self.phones[phone].log.take_changes();
        self.took(phone, &changes)
    }

    /// What a phone takes is on its disk: phones do not crash here.
    fn took(&mut self, phone: usize, changes: &[LogChange]) -> Verdict {
        self.judge.took(phone + 1, changes)?;
        self.judge.committed(phone + 1);
        for record in self.judge.records_of(changes) {
            let Ok(heads) = self.phones[phone].log.heads(record);
            self.judge.heads_named(phone + 1, record, &heads)?;
        }
        Ok(())
    }

    /// Another phone begins with a copy of this one, key and all.
    fn copy(&mut self, phone: usize) -> Verdict {
        self.phones.push(self.phones[phone].clone());
        self.judge.begins(format!("phone {}", self.phones.len()));
        let holding = self.judge.disk(phone + 1);
        self.judge.replaced(self.phones.len(), holding);
        Ok(())
    }

    /// A copy of an earlier state of a phone begins to write, so that a log goes two ways.
    fn write_after_restore(&mut self) -> Verdict {
        let Some((phone, before)) = self.backup.take() else { return Ok(()) };
        let Ok(now) = testimony(&before.log);
        self.phones[phone] = before;
        let holding = self.judge.holding_of(&now);
        self.judge.replaced(phone + 1, holding);
        self.write(phone)
    }

    /// A phone meets the laptop; `false` if the power went or the two did not end with the same.
    fn meet(&mut self, phone: usize) -> Result<bool, Violation> {
        let (laptop, promised) = (&self.laptop, &mut self.promised);
        let before = self.judge.disk(phone + 1);
        let (end, changes) = sync(&mut self.phones[phone], LAPTOP, &mut self.random, |request| {
            let reply = laptop.answer(request)?;
            match (request, &reply) {
                (Request::Push(batch), Reply::Push(answer)) => {
                    for (run, answer) in batch.runs.iter().zip(&answer.runs) {
                        let passed = answer.known.saturating_add(answer.added) as usize;
                        let front = run.entries.iter().take(passed);
                        promised.extend(front.map(|entry| entry.version.id()));
                    }
                }
                (Request::Offer(offer), Reply::Offer(answer)) if offer.digest == answer.digest => {
                    promised.extend(before.versions());
                }
                _ => {}
            }
            Ok(reply)
        });
        self.took(phone, &changes)?;
        let power_went = self.laptop.disk().is_out();
        hold(end.is_ok() || power_went, || format!("phone {} ended with {end:?}", phone + 1))?;
        Ok(end.is_ok())
    }

    /// The laptop stops and starts again, and must hold all that it promised, with true heads.
    fn restart(&mut self) -> Verdict {
        self.cuts += u32::from(self.laptop.disk().is_out());
        let (mut cuts, mut again) = (self.random.fork(), self.random.fork());
        let keep = [0, 50, 100][self.random.usize(..3)];
        self.laptop.start_again(
            || cuts.u32(..100) < keep,
            || (again.u32(..4) == 0).then(|| again.u64(1..120)),
        )?;
        if self.laptop.disk().is_out() {
            return self.restart();
        }
        let testimony = match self.laptop.testify() {
            Err(_) if self.laptop.disk().is_out() => return self.restart(),
            testimony => testimony?,
        };
        let holding = self.judge.holding_of(&testimony);
        self.judge.replaced(LAPTOP, holding);
        self.judge.promised(LAPTOP, "promised", self.promised.iter().copied())?;
        for (record, heads) in &testimony.heads {
            self.judge.heads_named(LAPTOP, *record, heads)?;
        }
        self.judge.acknowledged(self.promised.iter().copied());
        Ok(())
    }

    fn become_quiet(&mut self) -> Verdict {
        self.laptop.disk().cut_after(u64::MAX);
        let digest = |log: &MemoryLog| {
            let Ok(digest) = log.clock_digest();
            digest
        };
        for _ in 0..ROUNDS_MAX {
            for phone in 0..self.phones.len() {
                let same = self.meet(phone)?;
                hold(same, || {
                    format!("phone {} and the laptop do not end with the same", phone + 1)
                })?;
            }
            let first = digest(&self.phones[0].log);
            if self.phones.iter().all(|phone| digest(&phone.log) == first) {
                break;
            }
        }
        let mut testimonies = vec![self.laptop.testify()?];
        for phone in &self.phones {
            let Ok(said) = testimony(&phone.log);
            testimonies.push(said);
        }
        self.judge.close(&testimonies)
    }
}
