//! The story of one seed: replicas, what happens to them, and how it becomes quiet.

mod acts;
mod answering;
mod asking;
mod beginning;
mod closing;
mod disk;
mod drives;
mod mishaps;
mod network;
mod replica;

use std::collections::BTreeSet;

use chasqui_shared::{Charter, Epoch, LogChange, LogView, LogWriter, RecordId};
use fastrand::Rng;

use self::{
    disk::Disk,
    drives::Drive,
    network::{Event, Queue, happens},
    replica::{Kind, Replica, Waiting},
};
use crate::{
    Mutant, Plan, Violation,
    chance::fresh_epoch,
    judge::{Holding, Judge, Verdict},
    store::Store,
};

/// What became of a seed.
#[derive(Debug)]
pub struct Story {
    /// What was broken, if anything.
    pub violation: Option<Violation>,
    /// What happened, if it was asked for: a line for each event, with its time in milliseconds.
    pub lines: Vec<String>,
    /// How many versions were written.
    pub versions: usize,
    /// How many of them were acknowledged by a laptop.
    pub acknowledged: usize,
}

/// Plays a plan to its end, with the code under test as it is or broken in one way.
pub fn simulate(plan: &Plan, mutant: Option<Mutant>, told: bool) -> Story {
    let mut world = World::new(plan, mutant, told);
    let violation = world.play().err();
    let (versions, acknowledged) = world.judge.counts();
    Story { violation, lines: world.lines.unwrap_or_default(), versions, acknowledged }
}

/// All of it.
struct World {
    plan: Plan,
    mutant: Option<Mutant>,
    random: Rng,
    now_ms: u64,
    queue: Queue,
    acts_left: u32,
    charter: Charter,
    founder_secret: [u8; 32],
    /// Records about who is a manager.
    members: BTreeSet<RecordId>,
    replicas: Vec<Replica>,
    backups: Vec<(usize, Disk, Holding)>,
    drives: Vec<Drive>,
    notes: u64,
    judge: Judge,
    lines: Option<Vec<String>>,
}

impl World {
    fn new(plan: &Plan, mutant: Option<Mutant>, told: bool) -> Self {
        let mut random = Rng::with_seed(plan.seed);
        let mut founder_secret = [0; 32];
        random.fill(&mut founder_secret);
        let salt = fresh_epoch(&mut random);
        let founder = LogWriter::new(&founder_secret, salt).owner().device;
        Self {
            plan: plan.clone(),
            mutant,
            random,
            now_ms: 0,
            queue: Queue::default(),
            acts_left: plan.acts,
            charter: Charter { founder, salt },
            founder_secret,
            members: BTreeSet::new(),
            replicas: Vec::new(),
            backups: Vec::new(),
            drives: Vec::new(),
            notes: 0,
            judge: Judge::new(founder),
            lines: told.then(Vec::new),
        }
    }

    fn play(&mut self) -> Verdict {
        self.begin()?;
        self.queue.push(0, Event::Act);
        while self.step()? {}
        self.become_quiet()?;
        let testimonies = self.testify();
        self.judge.close(&testimonies)
    }

    /// Lets the next event happen; `false` if there is none.
    fn step(&mut self) -> Result<bool, Violation> {
        let Some((at_ms, event)) = self.queue.pop() else { return Ok(false) };
        self.now_ms = self.now_ms.max(at_ms);
        match event {
            Event::Act => self.act()?,
            Event::Request(connection, bytes) => self.answer(connection, &bytes)?,
            Event::Answer(connection, answer) => self.hear(connection, answer)?,
            Event::Commit(who, life) if self.lives(who, life) => self.commit(who)?,
            Event::Tick(who, life, peer) if self.lives(who, life) => self.tick(who, peer)?,
            Event::Start(who, life) if self.replicas[who].life == life => {
                self.replicas[who].up = true;
                self.tell(|world| format!("{} starts", world.replicas[who].name));
            }
            Event::Commit(..) | Event::Tick(..) | Event::Start(..) => {}
        }
        Ok(true)
    }

    fn lives(&self, who: usize, life: u32) -> bool {
        self.replicas[who].up && self.replicas[who].life == life
    }

    /// Changes the memory of a replica; the change is durable some time later, together with what
    /// else changed.
    fn change<T>(
        &mut self,
        who: usize,
        make: impl FnOnce(&mut Store, &mut LogWriter, Epoch) -> T,
    ) -> Result<T, Violation> {
        let fresh_epoch = fresh_epoch(&mut self.random);
        let replica = &mut self.replicas[who];
        let before = replica.log_writer.clone();
        replica.keep_committed();
        let made = make(&mut replica.store, &mut replica.log_writer, fresh_epoch);
        if self.mutant == Some(Mutant::NeverRenews) {
            replica.log_writer = before.clone();
        }
        let writer = replica.log_writer.writer();
        for link in replica.links.values_mut() {
            link.session.set_writer(writer);
        }
        let changes = replica.store.take_changes();
        let own = before.writer();
        if changes.iter().any(|c| matches!(c, LogChange::Cut(writer, _) if *writer == own)) {
            self.judge.retired(who, own);
        }
        self.judge.took(who, &changes)?;
        for record in self.judge.records_of(&changes) {
            let Ok(heads) = replica.store.heads(record);
            self.judge.heads_named(who, record, &heads)?;
        }
        replica.changes.extend(changes);
        self.commit_soon(who);
        Ok(made)
    }

    fn commit_soon(&mut self, who: usize) {
        let replica = &mut self.replicas[who];
        if !replica.commits {
            replica.commits = true;
            let at_ms = self.now_ms + self.random.u64(1..=40);
            self.queue.push(at_ms, Event::Commit(who, replica.life));
        }
    }

    /// Makes durable what a replica has in memory, unless it crashes, and does what waited for it.
    fn commit(&mut self, who: usize) -> Verdict {
        if happens(&mut self.random, self.plan.faults.crash_before_commit) {
            self.tell(|world| format!("{} crashes before its commit", world.replicas[who].name));
            if self.mutant == Some(Mutant::TearsTransactions) {
                let replica = &mut self.replicas[who];
                let torn = self.random.usize(..=replica.changes.len());
                replica.changes.truncate(torn);
                replica.commit();
            }
            return self.crash(who);
        }
        let replica = &mut self.replicas[who];
        replica.commits = false;
        replica.commit();
        self.judge.committed(who);
        if happens(&mut self.random, self.plan.faults.crash_after_commit) {
            self.tell(|world| format!("{} crashes after its commit", world.replicas[who].name));
            return self.crash(who);
        }
        for waiting in std::mem::take(&mut self.replicas[who].waiting) {
            match waiting {
                Waiting::Saved(id) => self.judge.promised(who, "saved", [id])?,
                Waiting::Stored(peer, answers) => self.go_on(who, peer, answers)?,
                Waiting::Answer(connection, bytes, ids) => {
                    self.judge.promised(who, "acknowledged", ids)?;
                    self.send_answer(connection, Ok(bytes));
                }
            }
        }
        Ok(())
    }

    fn tell(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.lines.is_none() {
            return;
        }
        let line = format!("{:>9} {}", self.now_ms, line(self));
        self.lines.get_or_insert_default().push(line);
    }

    fn laptops(&self) -> Vec<usize> {
        (0..self.replicas.len()).filter(|&who| self.replicas[who].kind == Kind::Laptop).collect()
    }
}
