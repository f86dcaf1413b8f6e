//! What a replica has when it starts again: transactions that became durable, each whole.

use std::{collections::BTreeMap, rc::Rc};

use chasqui_shared::{
    Charter, Clock, Epoch, LogChange, LogOwner, LogStore, LogWriter, LoggedEntry, WriterId, restore,
};

use crate::{Mutant, store::Store};

/// A disk. Copying it is cheap.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    secret: [u8; 32],
    epoch: Epoch,
    transactions: Vec<Rc<[LogChange]>>,
    /// The clock of the last meeting with each laptop.
    pub(super) meetings: BTreeMap<usize, Clock>,
}

impl Disk {
    /// The disk of a device that was never used.
    pub(super) fn new(secret: [u8; 32], epoch: Epoch) -> Self {
        Self { secret, epoch, transactions: Vec::new(), meetings: BTreeMap::new() }
    }

    /// The device's key and its log.
    pub(super) fn log_writer(&self) -> LogWriter {
        LogWriter::new(&self.secret, self.epoch)
    }

    /// Makes a transaction durable.
    pub(super) fn commit(&mut self, changes: Vec<LogChange>, epoch: Epoch) {
        self.epoch = epoch;
        if !changes.is_empty() {
            self.transactions.push(changes.into());
        }
    }

    /// Fills a memory, as a laptop does that remembers each transaction.
    pub(super) fn replay(&self, charter: Charter, mutant: Option<Mutant>) -> Store {
        let mut store = Store::new(charter, mutant);
        for transaction in &self.transactions {
            for change in transaction.iter() {
                let Ok(()) = match change {
                    LogChange::Put(logged, owner) => {
                        restore(&mut store, logged.as_ref().clone(), *owner)
                    }
                    LogChange::Cut(writer, last) => store.cut_log(*writer, *last),
                };
            }
            store.take_changes();
        }
        store
    }

    /// Fills a memory, as a phone does that keeps only what the logs are now.
    pub(super) fn fold(&self, charter: Charter, mutant: Option<Mutant>) -> Store {
        let mut logs: BTreeMap<WriterId, (LogOwner, Vec<LoggedEntry>)> = BTreeMap::new();
        for change in self.transactions.iter().flat_map(|transaction| transaction.iter()) {
            match change {
                LogChange::Put(logged, owner) => {
                    let (_, entries) =
                        logs.entry(logged.entry.writer).or_insert_with(|| (*owner, Vec::new()));
                    entries.push(logged.as_ref().clone());
                }
                LogChange::Cut(writer, last) => {
                    if let Some((_, entries)) = logs.get_mut(writer) {
                        entries.retain(|logged| logged.entry.seq <= last.seq);
                    }
                }
            }
        }
        let mut store = Store::new(charter, mutant);
        for (owner, entries) in logs.into_values() {
            for logged in entries {
                let Ok(()) = restore(&mut store, logged, owner);
            }
        }
        store.take_changes();
        store
    }
}
