//! Audits two stores, and compares by hashes which versions each holds.

use chasqui_shared::{Code, Comparison, Failure, Located, VersionId, limits as shared_limits};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    error::CompareError,
    examine::audit,
    heal::{Healed, heal},
    report::AuditReport,
    source::Source,
};
use crate::{limits, store::Store};

/// What a comparison found; also what `chasqui compare --json` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompareReport {
    /// This store, after healing.
    pub here: AuditReport,
    /// The other store.
    pub there: AuditReport,
    /// Number of versions that this store alone holds.
    pub here_only: u64,
    /// Number of versions that the other store alone holds.
    pub there_only: u64,
    /// The entries of those versions at the side that holds them, the first
    /// [`limits::DAMAGE_LISTED_MAX`].
    pub entries: Vec<Located>,
    /// Entries that were put back here.
    pub healed_entries: u64,
    /// Rows of the index that were built again here.
    pub healed_index: u64,
    /// Entries that one side merely lacked, and that were moved.
    pub moved: u64,
}

impl CompareReport {
    /// Whether both stores are whole and hold the same.
    pub fn is_same(&self) -> bool {
        self.here.is_whole() && self.there.is_whole() && self.here_only + self.there_only == 0
    }
}

/// Compares `store` with `source`; with `is_healing` it first heals `store` from it, then moves
/// what one side merely lacks.
///
/// What is damaged on the other side is not healed from here: whoever has the damage asks.
pub fn compare(
    store: &Store,
    source: &dyn Source,
    is_healing: bool,
) -> Result<CompareReport, CompareError> {
    if source.project()? != store.project() {
        let message = "the other side holds another project";
        return Err(Failure::new(Code::OtherProject, message).into());
    }
    let healed = if is_healing { heal(store, source)? } else { Healed::default() };
    let moved = if is_healing { source.exchange(store)? } else { 0 };
    let here = audit(&store.view()?)?.report;
    let there = source.audit()?;
    let view = store.view()?;
    let set = view.versions()?;
    let (mut comparison, mut message) = Comparison::begin(&set)?;
    while let Some(next) = comparison.next(&source.hashes(message)?)? {
        message = next;
    }
    let difference = comparison.finish();
    let mut entries = Vec::new();
    for &version in difference.here_only.iter().take(limits::DAMAGE_LISTED_MAX) {
        let place = chasqui_shared::LogView::place(&view, version)?;
        entries.extend(place.map(|at| Located { version, writer: at.writer, seq: at.seq }));
    }
    entries.extend(places_there(source, &difference.there_only)?);
    Ok(CompareReport {
        here,
        there,
        here_only: difference.here_only.len() as u64,
        there_only: difference.there_only.len() as u64,
        entries,
        healed_entries: healed.entries,
        healed_index: healed.index,
        moved,
    })
}

fn places_there(source: &dyn Source, versions: &[VersionId]) -> Result<Vec<Located>, Failure> {
    let listed = &versions[..versions.len().min(limits::DAMAGE_LISTED_MAX)];
    let mut places = Vec::new();
    for part in listed.chunks(shared_limits::PLACES_MAX) {
        places.extend(source.places(part.to_vec())?);
    }
    Ok(places)
}
