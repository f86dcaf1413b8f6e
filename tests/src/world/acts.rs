//! What people do: record, edit, delete, resolve, and bring a phone to a laptop.

use std::collections::BTreeMap;

use chasqui_shared::{
    Answer, Author, Change, ContentHash, Draft, Latitude, Location, LocationSource, Longitude,
    MediaRef, Member, RecordId, Role, Timestamp, View, write,
};

use super::{Kind, Waiting, World, network::Event};
use crate::{
    Mutant, Shape,
    judge::{Claim, Intent, Verdict, Written},
};

/// 2026-11-01T12:00:00Z, where the virtual time begins.
const BEGINNING_MS: i64 = 1_793_534_400_000;

/// Something that somebody may do.
type Act = fn(&mut World) -> Verdict;

impl World {
    /// Somebody does something, and something else is done some time later.
    pub(super) fn act(&mut self) -> Verdict {
        if self.acts_left == 0 {
            return Ok(());
        }
        self.acts_left -= 1;
        let pause_ms_max = [50, 2_000, 20_000][self.random.usize(..3)];
        let pause_ms = self.random.u64(1..=pause_ms_max);
        self.queue.push(self.now_ms + pause_ms, Event::Act);
        let faults = &self.plan.faults;
        let acts: [(u32, Act); 14] = [
            (20, Self::record),
            (25, Self::edit),
            (40, Self::meet),
            (faults.delete, |world| world.settle(Change::Delete)),
            (faults.resolve, |world| world.settle(Change::Resolve)),
            (faults.naming, Self::name_any),
            (faults.crash, Self::crash_any),
            (faults.clock_jump, Self::jump_clock),
            (faults.wipe, Self::wipe),
            (faults.restore, Self::back_up_or_restore),
            (faults.clone, Self::clone_disk),
            (faults.drive, Self::use_drive),
            (faults.forge, Self::forge),
            (faults.forge / 2, Self::write_foul),
        ];
        let all: u32 = acts.iter().map(|(weight, _)| weight).sum();
        let mut at = self.random.u32(..all);
        for (weight, act) in acts {
            if at < weight {
                return act(self);
            }
            at -= weight;
        }
        Ok(())
    }

    /// Any replica that runs, of one kind or of both.
    pub(super) fn anybody(&mut self, kind: Option<Kind>) -> Option<usize> {
        let running: Vec<_> = (0..self.replicas.len())
            .filter(|&who| self.replicas[who].up)
            .filter(|&who| kind.is_none_or(|kind| self.replicas[who].kind == kind))
            .collect();
        self.random.choice(running)
    }

    fn record(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let mut record = RecordId([0; 16]);
        self.random.fill(&mut record.0);
        self.write(who, record, Change::Edit)
    }

    fn edit(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        match self.any_record(who) {
            Some(record) => self.write(who, record, Change::Edit),
            None => Ok(()),
        }
    }

    fn settle(&mut self, change: Change) -> Verdict {
        let Some(who) = self.anybody(Some(Kind::Laptop)) else { return Ok(()) };
        match self.any_record(who) {
            Some(record) => self.write(who, record, change),
            None => Ok(()),
        }
    }

    fn meet(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let laptops = self.laptops();
        let Some(peer) = self.random.choice(laptops).filter(|&peer| peer != who) else {
            return Ok(());
        };
        let until_ms = self.now_ms + self.random.u64(500..=90_000);
        self.visit(who, peer, until_ms)
    }

    /// A record that is to be seen there; those with several heads are found more often.
    pub(super) fn any_record(&mut self, who: usize) -> Option<RecordId> {
        let log = self.replicas[who].store.log();
        let seen: Vec<_> = log
            .records()
            .filter(|(record, heads)| !heads.is_empty() && !self.members.contains(record))
            .collect();
        let split: Vec<_> = seen.iter().filter(|(_, heads)| heads.len() > 1).collect();
        let among_split = !split.is_empty() && self.random.bool();
        let count = if among_split { split.len() } else { seen.len() };
        let at = self.random.usize(..count.max(1));
        if among_split { split.get(at).map(|r| r.0) } else { seen.get(at).map(|r| r.0) }
    }

    /// Writes a version there; it is saved some time later.
    pub(super) fn write(&mut self, who: usize, record: RecordId, change: Change) -> Verdict {
        let draft = self.draft(who, record);
        self.write_draft(who, record, change, draft)
    }

    /// A laptop says that a laptop is a manager, whether it is one itself or not.
    fn name_any(&mut self) -> Verdict {
        let Some(who) = self.anybody(Some(Kind::Laptop)) else { return Ok(()) };
        let laptops = self.laptops();
        match self.random.choice(laptops) {
            Some(named) => self.name_manager(who, named),
            None => Ok(()),
        }
    }

    /// Says there that a laptop is a manager.
    pub(super) fn name_manager(&mut self, who: usize, named: usize) -> Verdict {
        let device = self.replicas[named].log_writer.owner().device;
        self.notes += 1;
        let name = format!("{} {}", self.replicas[named].name, self.notes);
        let record = Member::record(device);
        self.members.insert(record);
        let draft = Member { device, role: Role::Manager, name, is_aside: false }.draft();
        self.write_draft(who, record, Change::Edit, draft)
    }

    fn write_draft(
        &mut self,
        who: usize,
        record: RecordId,
        change: Change,
        draft: Draft,
    ) -> Verdict {
        let by = self.author(who);
        let store = &self.replicas[who].store;
        let Ok(mut version) = draft.version(store, record, change, by);
        match self.mutant {
            Some(Mutant::EditsWithoutParents) if change == Change::Edit => {
                version.parents.clear();
                version.generation = 1;
            }
            Some(Mutant::ResolvesWinnerOnly) if change != Change::Edit => {
                let Ok(view) = View::load(store, record);
                let winner = view.map(|view| view.winner);
                version.parents = winner.into_iter().collect();
            }
            _ => {}
        }
        let bytes = version.encode().map_err(|error| crate::Violation(error.to_string()))?;
        let id = bytes.id();
        self.tell(|w| {
            let after = &version.parents;
            format!("{} writes {id:?} of {record:?} after {after:?}", w.replicas[who].name)
        });
        let intent = if change == Change::Edit { Intent::Edit } else { Intent::Settle };
        let deletes = change == Change::Delete;
        let claim = match (Member::manager_named_by(&version), by.role) {
            (Some(named), _) => Claim::Names(named),
            (None, Role::Manager) => Claim::Manager,
            (None, Role::Monitor) => Claim::None,
        };
        let (parents, author) = (version.parents, by.device);
        self.judge.wrote(who, Written { id, record, parents, author, claim, deletes, intent })?;
        let logged = self.change(who, |store, log_writer, _| write(store, log_writer, bytes))?;
        let Ok(logged) = logged;
        self.judge.writes_in(who, logged.entry.writer)?;
        if self.mutant == Some(Mutant::SaysSavedEarly) {
            self.judge.promised(who, "saved", [id])?;
        }
        self.replicas[who].waiting.push(Waiting::Saved(id));
        Ok(())
    }

    /// Who writes there, and when by the wall clock there.
    pub(super) fn author(&self, who: usize) -> Author {
        let replica = &self.replicas[who];
        let role = if replica.kind == Kind::Laptop { Role::Manager } else { Role::Monitor };
        let true_ms = BEGINNING_MS + i64::try_from(self.now_ms).unwrap_or(i64::MAX);
        let now = Timestamp::from_millis(true_ms.saturating_add(replica.wall_offset_ms));
        Author { device: replica.log_writer.owner().device, role, now }
    }

    /// What is shown of the record there, with some fields changed; no two drafts are alike.
    fn draft(&mut self, who: usize, record: RecordId) -> Draft {
        let Ok(view) = View::load(&self.replicas[who].store, record);
        let mut draft = match view {
            Some(view) => Draft {
                kind: view.kind,
                category: view.category,
                note: view.note,
                observed_at: Some(view.observed_at),
                zone_assumed: view.zone_assumed,
                location: view.location,
                answers: view.answers,
                media: view.media,
                source: String::new(),
            },
            None => Draft { category: "oil_spill".into(), ..Draft::default() },
        };
        self.notes += 1;
        draft.note = format!("{} {}", self.notes, self.random.alphabetic());
        if self.plan.shape == Shape::LongNotes {
            draft.note.extend(std::iter::repeat_n('ñ', self.random.usize(..8_000)));
        }
        match self.random.u32(..4) {
            0 => draft.location = self.location(),
            1 => draft.answers = BTreeMap::from([self.answer_of_form()]),
            2 => draft.media.push(self.photo()),
            _ => draft.category = "fish_kill".into(),
        }
        draft
    }

    fn location(&mut self) -> Option<Location> {
        let e7 = |random: &mut fastrand::Rng| random.i64(-900_000_000..=900_000_000);
        Some(Location {
            lat: Latitude::from_e7(e7(&mut self.random))?,
            lon: Longitude::from_e7(e7(&mut self.random))?,
            accuracy_m: None,
            altitude_m: None,
            source: LocationSource::Gps,
        })
    }

    fn answer_of_form(&mut self) -> (String, Answer) {
        let key = if self.random.bool() { "dead_fish" } else { "wells" };
        (key.into(), Answer::Integer(self.random.i64(0..3)))
    }

    fn photo(&mut self) -> MediaRef {
        let mut hash = ContentHash([0; 32]);
        self.random.fill(&mut hash.0);
        MediaRef {
            hash,
            bytes: 250_000,
            media_type: "image/jpeg".into(),
            name: format!("{}.jpg", self.notes),
        }
    }
}
