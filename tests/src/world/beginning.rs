//! How a story begins: phones and laptops that nobody has used, and in some seeds logs of another
//! size.

use chasqui_shared::{Change, RecordId, limits, write};

use super::{Kind, World, disk::Disk};
use crate::{
    Shape,
    chance::{fresh_epoch, fresh_log_writer},
    judge::{Claim, Intent, Verdict, Written},
};

/// More entries than a batch may hold.
const LONG_LOG_ENTRIES: u32 = 620;
/// More logs than an offer's answer may name.
const MANY_LOGS: u32 = 300;

impl World {
    pub(super) fn begin(&mut self) -> Verdict {
        let phones = (1..=self.plan.phones).map(|n| (Kind::Phone, format!("phone {n}")));
        let laptops = (1..=self.plan.laptops).map(|n| (Kind::Laptop, format!("laptop {n}")));
        for (kind, name) in phones.chain(laptops).collect::<Vec<_>>() {
            let disk = match kind {
                Kind::Laptop if !self.replicas.iter().any(|replica| replica.kind == kind) => {
                    Disk::new(self.founder_secret, fresh_epoch(&mut self.random))
                }
                _ => self.new_disk(),
            };
            self.add(kind, name, disk);
        }
        if self.plan.named_at_once {
            let laptops = self.laptops();
            for &laptop in &laptops[1..] {
                self.name_manager(laptops[0], laptop)?;
            }
        }
        match self.plan.shape {
            Shape::Empty | Shape::LongNotes => Ok(()),
            Shape::LongLog => self.fill(LONG_LOG_ENTRIES, false),
            Shape::ManyLogs => self.fill(MANY_LOGS, true),
        }
    }

    /// The first phone holds so much: all in its own log, or each version in a log of its own, of
    /// devices of which none has more logs than a phone may bring.
    fn fill(&mut self, versions: u32, own_logs: bool) -> Verdict {
        let mut by = self.author(0);
        let mut other = None;
        for number in 0..versions {
            if own_logs && (number as usize).is_multiple_of(limits::LOGS_OF_DEVICE_MAX) {
                let log_writer = fresh_log_writer(&mut self.random);
                by.device = log_writer.owner().device;
                other = Some(log_writer);
            }
            let mut record = RecordId([0; 16]);
            self.random.fill(&mut record.0);
            let draft = chasqui_shared::Draft {
                category: "oil_spill".into(),
                note: format!("old {number}"),
                ..Default::default()
            };
            let Ok(version) = draft.version(&self.replicas[0].store, record, Change::Edit, by);
            let bytes = version.encode().map_err(|error| crate::Violation(error.to_string()))?;
            let (id, parents, author) = (bytes.id(), version.parents, by.device);
            let (claim, deletes, intent) = (Claim::None, false, Intent::Edit);
            self.judge.wrote(0, Written { id, record, parents, author, claim, deletes, intent })?;
            let logged = self.change(0, |store, log_writer, fresh_epoch| match &mut other {
                Some(other) => {
                    other.renew(fresh_epoch);
                    write(store, other, bytes)
                }
                None => write(store, log_writer, bytes),
            })?;
            let Ok(_) = logged;
        }
        Ok(())
    }
}
