//! What managers decided for the project: one record, which this laptop writes on a manager's word.

use chasqui_shared::{Author, Change, LogView, Role, Settings, write};

use super::members::waiting_version;
use crate::store::{StoreError, WriteLog};

/// What stands.
pub(crate) fn shown<V: LogView>(view: &V) -> Result<Settings, V::Error> {
    Settings::load(view)
}

/// Writes in this laptop's log what was decided, unless that stands already, be it shown or waiting
/// for this laptop to be named manager. Where several laptops decided without knowing of each
/// other, this settles it.
pub(crate) fn decide(log: &mut WriteLog<'_>, wanted: Settings) -> Result<(), StoreError> {
    let record = Settings::record();
    if shown(log)? == wanted {
        return Ok(());
    }
    let (log_writer, draft) = (log.log_writer().clone(), wanted.draft());
    let device = log_writer.owner().device;
    if waiting_version(log, device, record)?.is_some_and(|last| last.answers == draft.answers) {
        return Ok(());
    }
    let is_settled = log.heads(record)?.len() < 2;
    let change = if is_settled { Change::Edit } else { Change::Resolve };
    let by = Author { device, role: Role::Manager, now: log.received_at() };
    match draft.version(log, record, change, by)?.encode() {
        Ok(bytes) => write(log, &log_writer, bytes).map(|_| ()),
        Err(error) => {
            tracing::error!(%error, "settings cannot be written");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests;
