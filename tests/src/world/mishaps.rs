//! What goes wrong with devices: crashes, wrong clocks, lost, old and copied disks, and devices
//! that log what is not theirs.

use chasqui_shared::{Change, LogView, RecordId, VERSION_FORMAT, VersionBytes, to_cbor, write};

use super::{Kind, World, disk::Disk, network::Event, replica::Replica};
use crate::{
    Violation,
    chance::fresh_epoch,
    judge::{Claim, Intent, Verdict, Written},
};

const REPLICAS_MAX: usize = 10;
const YEAR_MS: i64 = 365 * 24 * 3_600 * 1_000;

impl World {
    pub(super) fn crash_any(&mut self) -> Verdict {
        match self.anybody(None) {
            Some(who) => {
                self.tell(|world| format!("{} crashes", world.replicas[who].name));
                self.crash(who)
            }
            None => Ok(()),
        }
    }

    /// A replica loses its memory and starts again from its disk some time later.
    pub(super) fn crash(&mut self, who: usize) -> Verdict {
        self.judge.crashed(who);
        self.start_over(who)
    }

    fn start_over(&mut self, who: usize) -> Verdict {
        let remembers_moves = self.plan.laptops_remember_moves;
        let replica = &mut self.replicas[who];
        let store = replica.load(self.charter, self.mutant, remembers_moves);
        replica.start_over(store);
        replica.up = false;
        let at_ms = self.now_ms + self.random.u64(100..=10_000);
        self.queue.push(at_ms, Event::Start(who, replica.life));
        let log = self.replicas[who].store.log();
        for (record, heads) in log.records() {
            self.judge.heads_named(who, record, heads)?;
        }
        Ok(())
    }

    pub(super) fn jump_clock(&mut self) -> Verdict {
        if let Some(who) = self.anybody(None) {
            self.replicas[who].wall_offset_ms = match self.random.u32(..4) {
                0 => 0,
                1 => self.random.i64(-60_000..=60_000),
                2 => -self.random.i64(1..=56) * YEAR_MS,
                _ => self.random.i64(1..=70) * YEAR_MS,
            };
        }
        Ok(())
    }

    /// A phone loses its disk and begins again with a new key.
    pub(super) fn wipe(&mut self) -> Verdict {
        let Some(who) = self.anybody(Some(Kind::Phone)) else { return Ok(()) };
        self.tell(|world| format!("{} is wiped", world.replicas[who].name));
        self.replicas[who].disk = self.new_disk();
        self.judge.replaced(who, Default::default());
        self.start_over(who)
    }

    /// A disk of a device that nobody has used.
    pub(super) fn new_disk(&mut self) -> Disk {
        let mut secret = [0; 32];
        self.random.fill(&mut secret);
        Disk::new(secret, fresh_epoch(&mut self.random))
    }

    pub(super) fn back_up_or_restore(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let own = self.backups.iter().rposition(|(owner, ..)| *owner == who);
        let Some(at) = own.filter(|_| self.random.bool()) else {
            self.tell(|world| format!("{} is backed up", world.replicas[who].name));
            let disk = self.replicas[who].disk.clone();
            self.backups.push((who, disk, self.judge.disk(who)));
            return Ok(());
        };
        self.tell(|world| format!("{} gets its backup back", world.replicas[who].name));
        let (_, disk, holding) = self.backups[at].clone();
        self.replicas[who].disk = disk;
        self.judge.replaced(who, holding);
        self.start_over(who)
    }

    /// Another device begins with a copy of a disk, key and all, and both go on.
    pub(super) fn clone_disk(&mut self) -> Verdict {
        if self.replicas.len() >= REPLICAS_MAX {
            return Ok(());
        }
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let name = format!("copy {} of {}", self.replicas.len(), self.replicas[who].name);
        self.tell(|_| format!("{name} begins"));
        let (kind, disk) = (self.replicas[who].kind, self.replicas[who].disk.clone());
        self.add(kind, name, disk);
        let holding = self.judge.disk(who);
        let copy = self.replicas.len() - 1;
        self.judge.replaced(copy, holding);
        self.start_over(copy)
    }

    /// A replica begins with a disk that the judge knows nothing of yet.
    pub(super) fn add(&mut self, kind: Kind, name: String, disk: Disk) {
        let store = disk.fold(self.charter, self.mutant);
        self.replicas.push(Replica::new(kind, name.clone(), disk, store));
        self.judge.begins(name);
    }

    /// A device logs somebody else's version as if it had written it.
    pub(super) fn forge(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let replica = &self.replicas[who];
        let own = replica.log_writer.writer();
        let mut foreign: Vec<_> =
            replica.store.log().versions().filter(|(_, place)| place.writer != own).collect();
        foreign.sort_unstable_by_key(|(id, _)| *id);
        let Some((id, place)) = self.random.choice(foreign) else { return Ok(()) };
        let Ok(Some(logged)) = self.replicas[who].store.entry(place.writer, place.seq) else {
            return Ok(());
        };
        let replica = &self.replicas[who];
        let Ok(version) = replica.store.version(id);
        if version.is_some_and(|version| version.author == replica.log_writer.owner().device) {
            return Ok(());
        }
        self.tell(|world| format!("{} forges {id:?}", world.replicas[who].name));
        self.write_bytes(who, logged.entry.version)
    }

    /// A device writes what must be kept and never shown.
    pub(super) fn write_foul(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let known = self.any_record(who);
        let mut record = known.unwrap_or(RecordId([0; 16]));
        let by = self.author(who);
        self.notes += 1;
        let store = &self.replicas[who].store;
        let draft = chasqui_shared::Draft {
            category: "oil_spill".into(),
            note: format!("{}", self.notes),
            ..Default::default()
        };
        let Ok(mut version) = draft.version(store, record, Change::Edit, by);
        let bytes = match self.random.u32(..3) {
            0 => {
                record = RecordId([0; 16]);
                let count = self.random.usize(..40);
                (0..count).map(|_| self.random.u8(..)).collect()
            }
            foul => {
                if foul == 1 {
                    version.format = VERSION_FORMAT + 1;
                } else {
                    version.role = chasqui_shared::Role::Monitor;
                    version.change = Change::Delete;
                }
                to_cbor(&version).map_err(|error| Violation(error.to_string()))?
            }
        };
        let bytes = VersionBytes::new(bytes).map_err(|error| Violation(error.to_string()))?;
        let id = bytes.id();
        self.tell(|world| format!("{} writes {id:?}, which is foul", world.replicas[who].name));
        let (parents, author, intent) = (Vec::new(), by.device, Intent::Foul);
        let (claim, deletes) = (Claim::None, false);
        self.judge.wrote(who, Written { id, record, parents, author, claim, deletes, intent })?;
        self.write_bytes(who, bytes)
    }

    fn write_bytes(&mut self, who: usize, bytes: VersionBytes) -> Verdict {
        let logged = self.change(who, |store, log_writer, _| write(store, log_writer, bytes))?;
        let Ok(_) = logged;
        Ok(())
    }
}
