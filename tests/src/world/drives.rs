//! Drives: batches in a folder, carried by hand, some old, some cut, some with a flipped bit.

use std::rc::Rc;

use chasqui_shared::{Batch, LogView, Position, Range, WriterId, collect, from_cbor, to_cbor};

use super::{
    Kind, World,
    network::{happens, tamper},
};
use crate::{Violation, judge::Verdict, store::Store};

/// Encoded batches, in the order in which they must be taken.
pub(super) type Drive = Rc<[Vec<u8>]>;

impl World {
    pub(super) fn use_drive(&mut self) -> Verdict {
        let drives = self.drives.len();
        if drives == 0 || self.random.bool() { self.write_drive() } else { self.read_drive() }
    }

    /// A phone saves its data to a file, or a laptop exports to a drive.
    fn write_drive(&mut self) -> Verdict {
        let Some(who) = self.anybody(None) else { return Ok(()) };
        let replica = &self.replicas[who];
        let batches = batches_of(replica.view(self.mutant), replica.log_writer.writer());
        let encoded = batches.iter().map(to_cbor).collect::<Result<Vec<_>, _>>();
        self.drives.push(encoded.map_err(|error| Violation(error.to_string()))?.into());
        self.tell(|world| format!("{} writes a drive", world.replicas[who].name));
        Ok(())
    }

    /// A laptop takes in any drive, as far as it can be read.
    fn read_drive(&mut self) -> Verdict {
        let Some(who) = self.anybody(Some(Kind::Laptop)) else { return Ok(()) };
        let Some(drive) = self.random.choice(&self.drives).cloned() else { return Ok(()) };
        self.tell(|world| format!("{} reads a drive", world.replicas[who].name));
        for bytes in drive.iter() {
            let mut bytes = bytes.clone();
            if happens(&mut self.random, self.plan.faults.cut) {
                bytes.truncate(self.random.usize(..=bytes.len()));
            }
            if happens(&mut self.random, self.plan.faults.tampered) {
                tamper(&mut self.random, &mut bytes);
            }
            let Ok(batch) = from_cbor::<Batch>(&bytes) else { return Ok(()) };
            if self.take_batch(who, &batch)?.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// All entries of a log, in batches.
pub(super) fn batches_of(view: &Store, sender: WriterId) -> Vec<Batch> {
    let Ok(clock) = view.clock();
    let mut ranges: Vec<_> = clock
        .iter()
        .map(|(writer, until)| Range { writer, after: Position::START, until })
        .collect();
    let mut batches = Vec::new();
    loop {
        ranges.retain(|range| range.after != range.until);
        let front = &ranges[..ranges.len().min(chasqui_shared::limits::RANGES_MAX)];
        let Ok(batch) = collect(view, sender, front);
        if batch.runs.is_empty() {
            return batches;
        }
        for run in &batch.runs {
            let seq = run.after.seq + run.entries.len() as u64;
            let Ok(chain) = view.chain_at(run.writer, seq);
            for range in ranges.iter_mut().filter(|range| range.writer == run.writer) {
                range.after = Position { seq, chain: chain.unwrap_or(range.until.chain) };
            }
        }
        batches.push(batch);
    }
}
