//! What an audit sees of this store besides what sync does, and what its repair changes.

use std::path::Path;

use chasqui_shared::{
    LogOwner, LogStore, LogView, LoggedEntry, Place, Position, RecordId, VersionId, VersionSet,
    WriterId, judge_role,
};
use redb::{Builder, Database, ReadableTable};

use crate::limits;

use super::{
    error::StoreError,
    file::{
        disk::{Disk, FILE_NAME},
        overlay::Overlay,
        tables::{entry_key, read_place},
    },
    handle::Store,
    log::{read_log::ReadLog, rows, stored_entry, write_log::WriteLog},
};

impl Store {
    /// Opens the data in `directory` without ever changing it; what is written to this store is
    /// forgotten with it.
    ///
    /// The file must be there, and no process may write it.
    pub fn open_read_only(directory: &Path) -> Result<Self, StoreError> {
        Self::start(Disk::over(Overlay::open(&directory.join(FILE_NAME))?)?, false)
    }

    /// Lets the database check every page of its file against its hash, without changing the file.
    /// Reads all of it.
    pub fn check_file(directory: &Path) -> Result<(), StoreError> {
        let overlay = Overlay::open(&directory.join(FILE_NAME))?;
        let mut builder = Builder::new();
        builder.set_cache_size(limits::BRIEF_CACHE_BYTES);
        let checked: Result<Database, _> =
            builder.set_check_integrity_on_open(true).create_with_backend(overlay);
        checked?;
        Ok(())
    }
}

impl ReadLog {
    /// One entry as it is stored. Unlike [`LogView::entry`] it tells a row that cannot be read from
    /// one that is not there.
    pub fn stored_entry(
        &self,
        writer: WriterId,
        seq: u64,
    ) -> Result<Option<LoggedEntry>, StoreError> {
        rows::entry(&self.entries, writer, seq)
    }

    /// Every version with its place, by ascending version.
    pub fn places(
        &self,
    ) -> Result<impl Iterator<Item = Result<(VersionId, Place), StoreError>> + '_, StoreError> {
        Ok(self.places.iter()?.map(|row| {
            let (version, place) = row?;
            Ok((VersionId(*version.value()), read_place(place.value())))
        }))
    }

    /// Every record that is known, ascending.
    pub fn records(
        &self,
    ) -> Result<impl Iterator<Item = Result<RecordId, StoreError>> + '_, StoreError> {
        Ok(self.heads.iter()?.map(|row| Ok(RecordId(*row?.0.value()))))
    }

    /// The ids of all versions held, to be compared by hashes. Reads all of the index.
    pub fn versions(&self) -> Result<VersionSet, StoreError> {
        let mut versions = Vec::new();
        for row in self.places()? {
            versions.push(row?.0);
        }
        Ok(VersionSet::of(versions))
    }
}

impl WriteLog<'_> {
    /// Puts the true entry back in the place of a damaged one. It must have been proven; see
    /// [`chasqui_shared::prove_run`]. Whether its author may write in its role is judged here.
    pub fn mend_entry(&mut self, logged: &LoggedEntry) -> Result<(), StoreError> {
        let place = Place { writer: logged.entry.writer, seq: logged.entry.seq };
        let mut logged = logged.clone();
        if logged.quarantine.is_none()
            && let Ok(kin) = logged.entry.version.kin()
            && let Err(quarantine) = judge_role(self, kin.clone())?
        {
            logged.quarantine = Some(quarantine);
            self.set_waiting(kin.author, place)?;
        }
        let key = entry_key(place.writer, place.seq);
        let arrived = match self.entries.get(&key)? {
            Some(row) => stored_entry::received_at(place.writer, place.seq, row.value()).ok(),
            None => None,
        };
        let row = stored_entry::encode(&logged, arrived.unwrap_or(self.received_at))?;
        self.entries.insert(&key, row.as_slice())?;
        self.name_media(&logged.entry.version)?;
        self.is_changed = true;
        // What people see of the record may have been computed without it.
        if logged.quarantine.is_none()
            && let Ok(kin) = logged.entry.version.kin()
        {
            let heads = self.heads(kin.record)?;
            self.set_heads(kin.record, &heads)?;
        }
        Ok(())
    }

    /// Puts back whose log it is and where it ends.
    pub fn mend_log(&mut self, owner: LogOwner, at: Position) -> Result<(), StoreError> {
        self.move_log(owner.writer(), owner, at)
    }

    /// Forgets that a version is held, because it is not.
    pub fn forget_place(&mut self, version: VersionId) -> Result<(), StoreError> {
        self.places.remove(&version.0)?;
        self.is_changed = true;
        Ok(())
    }

    /// Marks that something changed that no log tells of.
    pub fn touch(&mut self) {
        self.is_changed = true;
    }
}
