//! Logging observations on behalf of those who keep no log: files, scripts, sensors.

use std::collections::BTreeMap;

use chasqui_shared::{
    Answer, Author, Change, Draft, Kind, Lineage, Location, LogView, ProjectId, RecordId, Role,
    Version, VersionError, best_head, label, write,
};

use super::content_hash::{clock_of, content_hash_without};
use super::row::{Identity, Row};
use crate::import::messages::refusal::Refusal;
use crate::{
    import::{
        columns::identity::own_record,
        messages::{code::RefusalCode, told::Told},
    },
    limits,
    store::{StoreError, WriteLog},
};

/// What to do with a row that says something else of a record that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnChange {
    /// Nothing; it is told.
    Leave,
    /// Log it as an edit.
    Edit,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is logged under the laptop's own writer, as a new record.
    Added(RecordId),
    /// It is logged as a new version of a record that was here.
    Changed(RecordId),
    /// The same is held already.
    Known(RecordId),
    /// It says something else of a record that is here; nothing was stored.
    Differs(RecordId),
    /// It breaks a rule; nothing was stored.
    Refused(Refusal),
}

/// Takes one row of `source` inside a transaction.
///
/// A row that was the last one taken for its record is known, whatever people have edited since:
/// importing a file again undoes nobody's work. Other content under the same id is an edit, if that
/// is wanted, which follows the best head.
pub fn take(
    log: &mut WriteLog<'_>,
    source: &str,
    row: &Row,
    on_change: OnChange,
) -> Result<Taken, StoreError> {
    if let Identity::Worldwide(id) | Identity::OfSource(id) = &row.identity
        && (id.is_empty() || id.len() > limits::ROW_ID_BYTES_MAX)
    {
        let told = Told { limit: Some(limits::ROW_ID_BYTES_MAX as u64), ..Told::value(id) };
        return Ok(Taken::Refused(Refusal::new(RefusalCode::IdTooLong, told)));
    }
    let Some(hash) = content_hash_without(&row.draft, &row.counters) else {
        return Ok(Taken::Refused(RefusalCode::Malformed.into()));
    };
    let own = match &row.identity {
        Identity::Worldwide(id) => own_record(id),
        Identity::OfSource(_) | Identity::Content { .. } => None,
    };
    if let Some(record) = own
        && let Some(before) = best_head(log, record)?
    {
        return take_own(log, row, record, &before, on_change);
    }
    let record = record_of(log.project(), source, &row.identity);
    let last = log.row(record)?;
    // Where the content is the identity, the record says so already.
    let is_same =
        last == Some(hash) || (last.is_some() && matches!(row.identity, Identity::Content { .. }));
    if is_same {
        return Ok(Taken::Known(record));
    }
    // Taken on another laptop, and come here by sync.
    if last.is_none() && says_lately(log, record, row)? {
        log.set_row(record, hash)?;
        return Ok(Taken::Known(record));
    }
    let before = best_head(log, record)?;
    if before.is_some() && on_change == OnChange::Leave {
        return Ok(Taken::Differs(record));
    }
    let mut draft = row.draft.clone();
    if draft.observed_at.is_none() {
        draft.observed_at = before.as_ref().map(|version| version.observed_at);
        draft.zone_assumed = before.as_ref().is_some_and(|version| version.zone_assumed);
    }
    draft.source = label(source).into_owned();
    if let Err(refusal) = log_draft(log, record, draft)? {
        return Ok(Taken::Refused(refusal));
    }
    log.set_row(record, hash)?;
    Ok(if before.is_some() { Taken::Changed(record) } else { Taken::Added(record) })
}

/// Takes a row of Chasqui's own export, which has not all of the record that it names: what it
/// lacks stays.
fn take_own(
    log: &mut WriteLog<'_>,
    row: &Row,
    record: RecordId,
    before: &Version,
    on_change: OnChange,
) -> Result<Taken, StoreError> {
    let draft = &row.draft;
    let place = |location: Option<Location>| location.map(|at| (at.lat, at.lon));
    let says_the_same = draft.category == before.category
        && draft.note == before.note
        && place(draft.location) == place(before.location)
        && draft.observed_at.is_none_or(|at| at == before.observed_at);
    if says_the_same && before.kind == Kind::Observation {
        return Ok(Taken::Known(record));
    }
    if on_change == OnChange::Leave || before.kind != Kind::Observation {
        return Ok(Taken::Differs(record));
    }
    let is_same_place = place(draft.location) == place(before.location);
    let draft = Draft {
        kind: before.kind,
        category: draft.category.clone(),
        note: draft.note.clone(),
        observed_at: draft.observed_at.or(Some(before.observed_at)),
        zone_assumed: if draft.observed_at.is_some_and(|at| at != before.observed_at) {
            draft.zone_assumed
        } else {
            before.zone_assumed
        },
        location: if is_same_place { before.location } else { draft.location },
        answers: before.answers.clone(),
        media: before.media.clone(),
        source: before.source.clone(),
    };
    Ok(match log_draft(log, record, draft)? {
        Ok(()) => Taken::Changed(record),
        Err(refusal) => Taken::Refused(refusal),
    })
}

/// Logs a version; the refusal if there can be none of it.
fn log_draft(
    log: &mut WriteLog<'_>,
    record: RecordId,
    draft: Draft,
) -> Result<Result<(), Refusal>, StoreError> {
    let log_writer = log.log_writer().clone();
    let (device, now) = (log_writer.owner().device, log.received_at());
    let by = Author { device, role: Role::Monitor, now };
    match draft.version(log, record, Change::Edit, by)?.encode() {
        Ok(bytes) => write(log, &log_writer, bytes).map(|_| Ok(())),
        Err(error) => Ok(Err(refusal_of(&error))),
    }
}

/// Why a version cannot be, as a refusal of its row.
fn refusal_of(error: &VersionError) -> Refusal {
    match error {
        VersionError::TooLarge { field, size, size_max } => {
            let told = Told { limit: Some(*size_max as u64), ..Told::value(&size.to_string()) };
            Refusal::new(RefusalCode::VersionTooLarge, told.in_column(field))
        }
        VersionError::ControlCharacter { field } => {
            let told = Told::default().in_column(field);
            Refusal::new(RefusalCode::VersionControlCharacter, told)
        }
        VersionError::NoCategory => RefusalCode::VersionNoCategory.into(),
        other => Refusal::new(RefusalCode::VersionMalformed, Told::value(&other.to_string())),
    }
}

/// Whether one of the latest versions of a record says what a row says. Asked once for each record:
/// afterwards the hash of its last row is known here.
fn says_lately(log: &WriteLog<'_>, record: RecordId, row: &Row) -> Result<bool, StoreError> {
    let mut lineage = Lineage::of(log, record)?;
    for _ in 0..limits::ROW_LOOKED_BACK_MAX {
        let Some((id, _)) = lineage.next(log)? else { break };
        if log.version(id)?.is_some_and(|version| says_the_same(row, &version)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first 16 bytes of BLAKE3("chasqui import 1" ‖ project ‖ length of source, 4 bytes,
/// big-endian ‖ source ‖ id).
///
/// The source is left out where the id is one of a kind by itself. Without an id it is
/// BLAKE3("chasqui import row 1" ‖ project ‖ hash of the content), and where rows of a file say the
/// same, ‖ how many before it, 4 bytes, big-endian.
fn record_of(project: ProjectId, source: &str, identity: &Identity) -> RecordId {
    let mut hasher = blake3::Hasher::new();
    let mut of_id = |source: &str, id: &str| {
        hasher.update(b"chasqui import 1").update(&project.0);
        hasher.update(&(source.len() as u32).to_be_bytes());
        hasher.update(source.as_bytes()).update(id.as_bytes());
    };
    match identity {
        Identity::Worldwide(id) => of_id("", id),
        Identity::OfSource(id) => of_id(source, id),
        Identity::Content { hash, nth } => {
            hasher.update(b"chasqui import row 1").update(&project.0).update(hash);
            if *nth > 0 {
                hasher.update(&nth.to_be_bytes());
            }
        }
    }
    let mut record = [0; RecordId::WIDTH];
    record.copy_from_slice(&hasher.finalize().as_bytes()[..RecordId::WIDTH]);
    RecordId(record)
}

fn says_the_same(row: &Row, version: &Version) -> bool {
    let draft = &row.draft;
    let answers = |answers: &BTreeMap<String, Answer>| -> BTreeMap<String, Answer> {
        let counted = |name: &String| row.counters.contains(name);
        answers.clone().into_iter().filter(|(name, _)| !counted(name)).collect()
    };
    let version_at = clock_of(version.observed_at, version.zone_assumed);
    draft.observed_at.is_none_or(|at| {
        clock_of(at, draft.zone_assumed) == version_at && draft.zone_assumed == version.zone_assumed
    }) && draft.category == version.category
        && draft.note == version.note
        && draft.location == version.location
        && answers(&draft.answers) == answers(&version.answers)
        && draft.media == version.media
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_belong_to_their_source_and_worldwide_ones_to_none() {
        let project = ProjectId([1; 16]);
        let short = |source, id: &str| record_of(project, source, &Identity::OfSource(id.into()));
        let wide = |source, id: &str| record_of(project, source, &Identity::Worldwide(id.into()));
        assert_ne!(short("a.csv", "1"), short("b.csv", "1"));
        assert_ne!(short("a", "b1"), short("ab", "1"));
        let uuid = "0d3a5f2e-7c44-4f0e-9d5c-6f2f3c1a9b10";
        assert_eq!(wide("a.csv", uuid), wide("b.csv", uuid));
        let other = record_of(ProjectId([2; 16]), "a", &Identity::Worldwide(uuid.into()));
        assert_ne!(wide("a", uuid), other);
    }
}
