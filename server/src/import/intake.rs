//! Logging observations on behalf of those who keep no log: files, scripts, sensors.

use chasqui_shared::{
    Author, Change, Draft, Lineage, LogView, ObservedAt, ProjectId, RecordId, Role, Version,
    best_head, label, to_cbor, write,
};

use super::{Refusal, Row};
use crate::{
    limits,
    store::{StoreError, WriteLog},
};

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is logged under the laptop's own writer, as a new record or a new version of one.
    Added(RecordId),
    /// The same is held already.
    Known(RecordId),
    /// It breaks a rule; nothing was stored.
    Refused(Refusal),
}

/// Takes one row of `source` inside a transaction.
///
/// A row that was the last one taken for its record is known, whatever people have edited since: importing a file again
/// undoes nobody's work. Other content under the same id is an edit, which follows the best head.
pub fn take(log: &mut WriteLog<'_>, source: &str, row: &Row) -> Result<Taken, StoreError> {
    if let Some(id) = &row.id
        && (id.is_empty() || id.len() > limits::ROW_ID_BYTES_MAX)
    {
        let message = format!("an id has 1 to {} bytes", limits::ROW_ID_BYTES_MAX);
        return Ok(Taken::Refused(Refusal::new("id_too_long", message)));
    }
    let Ok(content) = to_cbor(&content_of(&row.draft)) else {
        return Ok(Taken::Refused(Refusal::new("malformed", "the row cannot be written")));
    };
    let hash = *blake3::hash(&content).as_bytes();
    let record = record_of(log.project(), source, row.id.as_deref(), &hash);
    let last = log.row(record)?;
    if last == Some(hash) {
        return Ok(Taken::Known(record));
    }
    // Taken on another laptop, and come here by sync.
    if last.is_none() && says_lately(log, record, &row.draft)? {
        log.set_row(record, hash)?;
        return Ok(Taken::Known(record));
    }
    let mut draft = row.draft.clone();
    if draft.observed_at.is_none() {
        let before = best_head(log, record)?;
        draft.observed_at = before.as_ref().map(|version| version.observed_at);
        draft.zone_assumed = before.is_some_and(|version| version.zone_assumed);
    }
    draft.source = label(source).into_owned();
    let pen = log.pen().clone();
    let (device, now) = (pen.owner().device, log.received_at());
    let by = Author { device, role: Role::Monitor, now };
    let version = draft.version(log, record, Change::Edit, by)?;
    let bytes = match version.encode() {
        Ok(bytes) => bytes,
        Err(error) => {
            return Ok(Taken::Refused(Refusal::new(
                error.code().known().unwrap_or_default(),
                error.to_string(),
            )));
        }
    };
    write(log, &pen, bytes)?;
    log.set_row(record, hash)?;
    Ok(Taken::Added(record))
}

/// Whether one of the latest versions of a record says what a row says. Asked once for each record: afterwards the hash of its
/// last row is known here.
fn says_lately(log: &WriteLog<'_>, record: RecordId, draft: &Draft) -> Result<bool, StoreError> {
    let mut lineage = Lineage::of(log, record)?;
    for _ in 0..limits::ROW_LOOKED_BACK_MAX {
        let Some((id, _)) = lineage.next(log)? else { break };
        if log.version(id)?.is_some_and(|version| says_the_same(draft, &version)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The first 16 bytes of BLAKE3("chasqui import 1" ‖ project ‖ length of source, 4 bytes, big-endian ‖ source ‖ id).
///
/// The source is left out where the id is one of a kind by itself: a UUID, a URN, a URL. Without an id it is
/// BLAKE3("chasqui import row 1" ‖ project ‖ hash of the row).
fn record_of(project: ProjectId, source: &str, id: Option<&str>, hash: &[u8; 32]) -> RecordId {
    let mut hasher = blake3::Hasher::new();
    match id {
        Some(id) => {
            let source = if is_global(id) { "" } else { source };
            hasher.update(b"chasqui import 1").update(&project.0);
            hasher.update(&(source.len() as u32).to_be_bytes());
            hasher.update(source.as_bytes()).update(id.as_bytes());
        }
        None => {
            hasher.update(b"chasqui import row 1").update(&project.0).update(hash);
        }
    }
    let mut record = [0; RecordId::WIDTH];
    record.copy_from_slice(&hasher.finalize().as_bytes()[..RecordId::WIDTH]);
    RecordId(record)
}

fn is_global(id: &str) -> bool {
    let id = id.trim_matches(['{', '}']);
    let is_uuid = id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    is_uuid || id.starts_with("urn:") || id.starts_with("http://") || id.starts_with("https://")
}

/// What a row says, wherever it is read: where its time named no zone, the clock as it was written.
fn content_of(draft: &Draft) -> Draft {
    let observed_at = draft.observed_at.map(|at| clock_of(at, draft.zone_assumed));
    Draft { observed_at, source: String::new(), ..draft.clone() }
}

fn clock_of(at: ObservedAt, zone_assumed: bool) -> ObservedAt {
    if zone_assumed { at.with_clock_at_zero() } else { at }
}

fn says_the_same(draft: &Draft, version: &Version) -> bool {
    let version_at = clock_of(version.observed_at, version.zone_assumed);
    draft.observed_at.is_none_or(|at| {
        clock_of(at, draft.zone_assumed) == version_at && draft.zone_assumed == version.zone_assumed
    }) && draft.category == version.category
        && draft.note == version.note
        && draft.location == version.location
        && draft.answers == version.answers
        && draft.media == version.media
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_belong_to_their_source_and_global_ones_to_none() {
        let project = ProjectId([1; 16]);
        let of = |source, id| record_of(project, source, Some(id), &[0; 32]);
        assert_ne!(of("a.csv", "1"), of("b.csv", "1"));
        assert_ne!(of("a", "b1"), of("ab", "1"));
        let uuid = "0d3a5f2e-7c44-4f0e-9d5c-6f2f3c1a9b10";
        assert_eq!(of("a.csv", uuid), of("b.csv", uuid));
        assert_eq!(of("a", "urn:catalog:X:1"), of("b", "urn:catalog:X:1"));
        assert_ne!(of("a", uuid), record_of(ProjectId([2; 16]), "a", Some(uuid), &[0; 32]));
    }
}
