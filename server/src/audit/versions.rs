//! The ids of all versions of a store, kept from one message of a hash comparison to the next.

use std::sync::{Arc, Mutex, PoisonError};

use chasqui_shared::VersionSet;

use crate::store::{ReadLog, Store, StoreError};

/// The ids as of one commit; read again when there was another.
#[derive(Debug, Default)]
pub struct Versions(Mutex<Option<(u64, Arc<VersionSet>)>>);

impl Versions {
    /// The ids of what `view` sees. Whoever comes second waits for the first, so that the index is
    /// read once.
    pub fn of(&self, store: &Store, view: &ReadLog) -> Result<Arc<VersionSet>, StoreError> {
        let serial = store.committed().serial;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, versions)) = kept.as_ref().filter(|(of, _)| *of == serial) {
            return Ok(versions.clone());
        }
        let versions = Arc::new(view.versions()?);
        *kept = Some((serial, versions.clone()));
        Ok(versions)
    }
}
