//! Names and roles as records, so that they reach every laptop and phone of the project.

use chasqui_shared::{Author, Change, History, Member, Role, View, write};

use crate::store::{StoreError, WriteLog};

/// Writes in this laptop's log who holds a device and what it may do, unless that is what is shown of it already.
pub(super) fn name_member(log: &mut WriteLog<'_>, member: Member) -> Result<(), StoreError> {
    let record = Member::record(member.device);
    let shown = View::of(&History::load(log, record)?).filter(|view| !view.deleted);
    if shown.as_ref().and_then(Member::of_view).as_ref() == Some(&member) {
        return Ok(());
    }
    let pen = log.pen().clone();
    let by = Author { device: pen.owner().device, role: Role::Manager, now: log.received_at() };
    let version = member.draft().version(log, record, Change::Edit, by)?;
    match version.encode() {
        Ok(bytes) => write(log, &pen, bytes).map(|_| ()),
        Err(error) => {
            tracing::error!(%error, "a member cannot be written");
            Ok(())
        }
    }
}
