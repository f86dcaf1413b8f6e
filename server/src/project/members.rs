//! Names and roles as records, so that they reach every laptop and phone of the project.

use chasqui_shared::{Author, Change, DeviceId, LogView, Member, RecordId, Role, Version, write};

use crate::store::{StoreError, WriteLog};

/// Writes in this laptop's log who holds a device and what it may do, unless it says so already, be
/// it shown or waiting for this laptop to be named manager.
pub fn name_member(log: &mut WriteLog<'_>, member: Member) -> Result<(), StoreError> {
    let record = Member::record(member.device);
    if Member::load(log, member.device)?.as_ref() == Some(&member) {
        return Ok(());
    }
    let log_writer = log.log_writer().clone();
    let device = log_writer.owner().device;
    let draft = member.draft();
    if let Some(waiting) = waiting_version(log, device, record)?
        && (&waiting.category, &waiting.note, &waiting.answers)
            == (&draft.category, &draft.note, &draft.answers)
    {
        return Ok(());
    }
    let by = Author { device, role: Role::Manager, now: log.received_at() };
    let version = draft.version(log, record, Change::Edit, by)?;
    match version.encode() {
        Ok(bytes) => write(log, &log_writer, bytes).map(|_| ()),
        Err(error) => {
            tracing::error!(%error, "a member cannot be written");
            Ok(())
        }
    }
}

/// What this laptop wrote last of a record, if it waits for the laptop to be named manager.
pub(crate) fn waiting_version(
    log: &WriteLog<'_>,
    author: DeviceId,
    record: RecordId,
) -> Result<Option<Version>, StoreError> {
    let mut last: Option<Version> = None;
    for place in log.waiting(author)? {
        let Some(logged) = log.entry(place.writer, place.seq)? else { continue };
        let version = logged.entry.version.decode_admitted().ok();
        last = version.filter(|version| version.record == record).or(last);
    }
    Ok(last)
}
