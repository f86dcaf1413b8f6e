//! How strictly a side takes what it is sent.

use super::log_writer::LogWriter;
use crate::{id::Epoch, record::Role};

/// How strictly a side takes what it is sent, and what it needs to log again what loses its place.
#[derive(Debug)]
pub struct Admission<'a> {
    /// Whether signatures are checked. A laptop always does; a phone trusts the laptop that it is
    /// paired with.
    pub verify: bool,
    /// This side's own log.
    pub log_writer: &'a mut LogWriter,
    /// For the next log of the log writer if its present one was lost or forked. Random, used once.
    pub fresh_epoch: Epoch,
    /// In what role the side was let in that sends it: a manager may bring more of one device; see
    /// [`crate::limits::MANAGER_FACTOR`].
    pub brought_by: Role,
}
