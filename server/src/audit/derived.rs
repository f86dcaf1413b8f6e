//! Compares the derived tables with what the entries say: who is named, who is a manager, who
//! waits, what the list shows, and the sums.

use std::collections::BTreeSet;

use chasqui_shared::RecordId;

use super::{
    examine::Walk,
    report::{Damage, Fault},
};
use crate::store::{StoreError, record_of};

impl Walk<'_> {
    /// To be asked where every entry is whole, after the heads.
    pub(super) fn derived(&mut self) -> Result<(), StoreError> {
        self.named()?;
        self.managers()?;
        self.waiting()?;
        // Without the places it is not known what is to be shown; whoever mends them asks again.
        if !self.repairs.places.is_empty() || !self.repairs.nowhere.is_empty() {
            return Ok(());
        }
        self.shown()?;
        self.sums()
    }

    fn named(&mut self) -> Result<(), StoreError> {
        let mut wanted = self.index.named_unheld();
        for row in self.view.named_parents()? {
            let row = row?;
            wanted.remove(&row);
            if !self.index.names(row) {
                self.report.push(Damage::of_record(row.0, Fault::NamedWrong));
                self.repairs.derived.named.push((row.0, row.1, false));
            }
        }
        for (record, version) in wanted {
            self.report.push(Damage::of_record(record, Fault::NamedWrong));
            self.repairs.derived.named.push((record, version, true));
        }
        Ok(())
    }

    fn managers(&mut self) -> Result<(), StoreError> {
        let (wanted, held) = (self.index.managers().clone(), self.view.managers_named()?);
        for &device in wanted.symmetric_difference(&held) {
            self.report.push(Damage::of_index(Fault::ManagerWrong));
            self.repairs.derived.managers.push((device, wanted.contains(&device)));
        }
        Ok(())
    }

    /// One too many does no harm: it is looked at before it is believed.
    fn waiting(&mut self) -> Result<(), StoreError> {
        for (author, place) in self.index.waiting().to_vec() {
            let is_manager = self.index.managers().contains(&author);
            if !is_manager && !self.view.waits(author, place)? {
                let Some(seq) = Some(place.seq) else { continue };
                let fault = Fault::WaitingMissing;
                self.report.push(Damage::of_log(place.writer, Some(seq), fault));
                self.repairs.derived.waiting.push((author, place));
            }
        }
        Ok(())
    }

    /// Compares every row of the list with the view of its record. Where the heads are wrong, the
    /// row is written again with them.
    fn shown(&mut self) -> Result<(), StoreError> {
        let with_heads: BTreeSet<RecordId> =
            self.repairs.heads.iter().map(|(record, _)| *record).collect();
        let mut keys = BTreeSet::new();
        let records: Vec<_> = self.index.heads().into_keys().collect();
        for record in records {
            if with_heads.contains(&record) {
                continue;
            }
            let due = self.view.due_row(record)?;
            let is_kept_so = self.view.shown_under(record)? == due.as_ref().map(|(key, _)| *key);
            let held = match &due {
                Some((key, _)) => self.view.shown_row(key)?,
                None => None,
            };
            let is_right = held.as_ref() == due.as_ref().map(|(_, row)| row);
            keys.extend(due.map(|(key, _)| key));
            if !is_right || !is_kept_so {
                self.report.push(Damage::of_record(record, Fault::ShownWrong));
                self.repairs.derived.shown.push(record);
            }
        }
        for key in self.view.shown_keys()? {
            let key = key?;
            let record = record_of(&key);
            let is_with_heads = with_heads.contains(&record)
                && self.view.shown_under(record).is_ok_and(|under| under == Some(key));
            if !keys.contains(&key) && !is_with_heads {
                self.report.push(Damage::of_index(Fault::ShownStray));
                self.repairs.derived.strays.push(key);
            }
        }
        Ok(())
    }

    fn sums(&mut self) -> Result<(), StoreError> {
        let is_known = self.repairs.heads.is_empty() && self.repairs.derived.rows() == 0;
        // They are counted again with whatever else is written again.
        if !is_known {
            return Ok(());
        }
        let (kept, counted) = self.view.sums()?;
        if kept != Some(counted) {
            self.report.push(Damage::of_index(Fault::SumsWrong));
            self.repairs.derived.sums = true;
        }
        Ok(())
    }
}
