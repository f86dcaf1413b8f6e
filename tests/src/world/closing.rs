//! How it becomes quiet: nothing goes wrong any more, everybody meets everybody, and all say what
//! they hold.

use chasqui_shared::LogView;

use super::World;
use crate::{
    Faults,
    judge::{Testimony, Verdict, hold},
    testimony::testimony,
};

/// Rounds in which each replica meets each laptop once, before all must hold the same.
const ROUNDS_MAX: u32 = 6;
/// Most events of one quiet meeting.
const EVENTS_MAX: u32 = 20_000;

impl World {
    /// Lets what is under way end, and all meet until all hold the same.
    pub(super) fn become_quiet(&mut self) -> Verdict {
        self.plan.faults = Faults { delay_ms_max: 20, ..Faults::default() };
        self.tell(|_| "it becomes quiet".into());
        for replica in &mut self.replicas {
            replica.up = true;
            for link in replica.links.values_mut() {
                link.until_ms = self.now_ms;
            }
        }
        self.run_out()?;
        for _ in 0..ROUNDS_MAX {
            if self.all_same() {
                return Ok(());
            }
            for who in 0..self.replicas.len() {
                for peer in self.laptops() {
                    if who != peer {
                        self.meet_in_peace(who, peer)?;
                    }
                }
            }
        }
        hold(self.all_same(), || format!("after {ROUNDS_MAX} quiet rounds not all hold the same"))
    }

    fn run_out(&mut self) -> Verdict {
        for _ in 0..EVENTS_MAX {
            if !self.step()? {
                return Ok(());
            }
        }
        hold(false, || "it does not become quiet".into())
    }

    fn meet_in_peace(&mut self, who: usize, peer: usize) -> Verdict {
        self.visit(who, peer, u64::MAX)?;
        for _ in 0..EVENTS_MAX {
            let busy =
                self.replicas[who].links.get(&peer).is_some_and(|link| link.session.is_busy());
            if !busy || !self.step()? {
                break;
            }
        }
        let (name, now_ms) = (self.replicas[who].name.clone(), self.now_ms);
        let end = self.replicas[who].links.get_mut(&peer).and_then(|link| {
            link.until_ms = now_ms;
            link.end.take()
        });
        hold(end == Some(Ok(())), || {
            format!("{name} met {} in peace and ended with {end:?}", self.replicas[peer].name)
        })?;
        self.run_out()
    }

    fn all_same(&self) -> bool {
        let digest = |who: usize| self.replicas[who].store.clock_digest();
        (1..self.replicas.len()).all(|who| digest(who) == digest(0))
    }

    /// What each replica says that it holds.
    pub(super) fn testify(&self) -> Vec<Testimony> {
        let said = self.replicas.iter().map(|replica| testimony(&replica.store));
        let Ok(testimonies) = said.collect::<Result<_, _>>();
        testimonies
    }
}
