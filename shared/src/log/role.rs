//! Who may write in what role.

use super::{quarantine::Quarantine, store::LogView};
use crate::{
    failure::Code,
    record::{Kin, Role},
};

/// Whether the author of a version may have written it in the role that it names, by what is shown
/// here now.
///
/// The founder is a manager, and everybody whom a manager has named. Replicas with the same logs
/// judge alike, whatever came first: an entry that waits for its author's role is shown as soon as
/// the naming is.
pub fn judge_role<V: LogView>(view: &V, kin: Kin) -> Result<Result<Kin, Quarantine>, V::Error> {
    let may = kin.role == Role::Monitor
        || kin.author == view.charter().founder
        || view.is_manager(kin.author)?;
    Ok(if may {
        Ok(kin)
    } else {
        Err(Quarantine {
            code: Code::RoleUnknown,
            message: "no manager has named its author a manager".into(),
        })
    })
}
