//! Who recorded one record, and whether it is unaltered: each of its versions computed again from
//! the bytes held.
//!
//! Changes nothing, and believes nothing that is only written beside the bytes: ids and chains are
//! hashed, signatures are checked. A chain is compared with the entry before it, which vouches for
//! all that came earlier: the signature is over the chain, and the chain over everything before.
//! That those are whole as well, the [`super::audit`] of all says.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use chasqui_shared::{
    Change, DeviceId, Kin, LogView, LoggedEntry, Member, ObservedAt, Origin, Place, Position,
    Quarantine, RecordId, Role, Timestamp, VersionId, WriterId, verify_chain,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::{ReadLog, StoreError};

/// What is known of a record's versions, at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Custody {
    /// The record.
    pub record: RecordId,
    /// Latest generation first, at most [`crate::limits::CUSTODY_VERSIONS_MAX`]; one that cannot be
    /// read comes last.
    pub versions: Vec<VersionCustody>,
    /// Whether every version of this page is whole and signed.
    pub whole: bool,
    /// The last of them, if there are more: where the next page goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<VersionId>,
}

/// One version, where it is, and what its bytes prove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionCustody {
    /// Its id, as other versions and the index name it.
    pub version: VersionId,
    /// What it says; absent where its bytes cannot be read.
    #[serde(flatten)]
    #[schema(value_type = Said)]
    pub said: Option<Said>,
    /// Who holds the author's device, if a member record or this laptop says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_name: Option<String>,
    /// The log that holds it.
    pub writer: WriterId,
    /// Its place there.
    pub seq: u64,
    /// Hashing it at its place gives the chain that is held, and it goes on from the entry before
    /// it.
    pub chain_whole: bool,
    /// Hashing its bytes gives its id.
    pub id_whole: bool,
    /// Of the log's device over the chain, and of the first log's where it was logged elsewhere
    /// before.
    pub signature: SignatureCheck,
    /// Where it was logged first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Why it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarantine: Option<Quarantine>,
}

/// What a version says of itself; all of it is absent where its bytes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Said {
    /// The device that wrote it.
    #[schema(required = false)]
    pub author: DeviceId,
    /// In what role.
    #[schema(required = false)]
    pub role: Role,
    /// When, by its clock.
    #[schema(required = false)]
    pub written_at: Timestamp,
    /// When it was seen.
    #[schema(required = false)]
    pub observed_at: ObservedAt,
    /// What it does.
    #[schema(required = false)]
    pub change: Change,
}

/// Whether a signature verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureCheck {
    /// It does.
    Valid,
    /// It does not, or cannot be read.
    Invalid,
}

impl VersionCustody {
    fn is_whole(&self) -> bool {
        self.chain_whole && self.id_whole && self.signature == SignatureCheck::Valid
    }
}

/// Computes versions of a record again, `limit` of them after `after`; `None` if no such record is
/// held. `names` are those of devices that this laptop knows by itself.
///
/// Finds what the heads lead to, versions in quarantine that one of those follows included. What a
/// version that cannot be read followed is not known.
pub fn custody(
    view: &ReadLog,
    record: RecordId,
    names: &BTreeMap<DeviceId, String>,
    after: Option<VersionId>,
    limit: usize,
) -> Result<Option<Custody>, StoreError> {
    let heads = view.heads(record)?;
    if heads.is_empty() {
        return Ok(None);
    }
    let (mut seen, mut wanted) = (BTreeSet::new(), BinaryHeap::new());
    want(view, heads, &mut seen, &mut wanted)?;
    let (mut versions, mut next) = (Vec::new(), None);
    let mut is_passed = after.is_none();
    while let Some((_, id)) = wanted.pop() {
        if versions.len() == limit {
            next = versions.last().map(|last: &VersionCustody| last.version);
            break;
        }
        let Some(place) = view.place(id)? else { continue };
        let parents = if is_passed {
            let (version, parents) = examine(view, id, place)?;
            versions.push(version);
            parents
        } else {
            is_passed = after == Some(id);
            stored_kin(view, place)?.map_or_else(Vec::new, |kin| kin.parents)
        };
        want(view, parents, &mut seen, &mut wanted)?;
    }
    name_authors(view, &mut versions, names)?;
    let whole = versions.iter().all(VersionCustody::is_whole);
    Ok(Some(Custody { record, versions, whole, next }))
}

/// Puts versions into their order, each once: the latest generation first, one that cannot be read
/// last.
fn want(
    view: &ReadLog,
    versions: Vec<VersionId>,
    seen: &mut BTreeSet<VersionId>,
    wanted: &mut BinaryHeap<(u32, VersionId)>,
) -> Result<(), StoreError> {
    for id in versions {
        if seen.insert(id)
            && let Some(place) = view.place(id)?
        {
            let kin = stored_kin(view, place)?;
            wanted.push((kin.map_or(0, |kin| kin.generation), id));
        }
    }
    Ok(())
}

/// Where a version stands, be it shown or not; `None` if it cannot be read.
fn stored_kin(view: &ReadLog, place: Place) -> Result<Option<Kin>, StoreError> {
    match view.stored_entry(place.writer, place.seq) {
        Ok(logged) => Ok(logged.and_then(|logged| logged.entry.version.kin().ok())),
        Err(StoreError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One version, and those that it follows.
fn examine(
    view: &ReadLog,
    id: VersionId,
    place: Place,
) -> Result<(VersionCustody, Vec<VersionId>), StoreError> {
    let Place { writer, seq } = place;
    let mut custody = VersionCustody {
        version: id,
        said: None,
        author_name: None,
        writer,
        seq,
        chain_whole: false,
        id_whole: false,
        signature: SignatureCheck::Invalid,
        origin: None,
        quarantine: None,
    };
    let logged = match view.stored_entry(writer, seq) {
        Ok(Some(logged)) => logged,
        Ok(None) | Err(StoreError::Damaged { .. }) => return Ok((custody, Vec::new())),
        Err(error) => return Err(error),
    };
    let (computed, position) = logged.entry.position();
    custody.id_whole = computed == id;
    custody.chain_whole = position.chain == logged.chain && goes_on(view, &logged)?;
    if is_signed(view, &logged, computed, position)? {
        custody.signature = SignatureCheck::Valid;
    }
    custody.origin = logged.entry.origin;
    custody.quarantine = logged.quarantine;
    // What was altered is shown as it is held, beside the word that it was altered.
    let Ok(version) = logged.entry.version.decode_admitted() else {
        return Ok((custody, Vec::new()));
    };
    custody.said = Some(Said {
        author: version.author,
        role: version.role,
        written_at: version.written_at,
        observed_at: version.observed_at,
        change: version.change,
    });
    Ok((custody, version.parents))
}

/// Whether the entry goes on from the one before it, as that is held.
fn goes_on(view: &ReadLog, logged: &LoggedEntry) -> Result<bool, StoreError> {
    let entry = &logged.entry;
    let before = match entry.seq {
        1 => view.owner(entry.writer)?.map(|owner| owner.genesis(view.project())),
        seq => match view.chain_at(entry.writer, seq - 1) {
            Err(StoreError::Damaged { .. }) => None,
            read => read?,
        },
    };
    Ok(before == Some(entry.previous))
}

/// Whether the log's device signed the entry, and the first log's device the version, where that
/// was another.
fn is_signed(
    view: &ReadLog,
    logged: &LoggedEntry,
    computed: VersionId,
    position: Position,
) -> Result<bool, StoreError> {
    let entry = &logged.entry;
    let owner = view.owner(entry.writer)?.filter(|owner| owner.writer() == entry.writer);
    Ok(owner.is_some_and(|owner| {
        let origin = entry.origin.as_ref();
        verify_chain(owner.device, position.chain, origin, &entry.signature)
            && origin.is_none_or(|origin| origin.verify(computed))
    }))
}

fn name_authors(
    view: &ReadLog,
    versions: &mut [VersionCustody],
    names: &BTreeMap<DeviceId, String>,
) -> Result<(), StoreError> {
    let mut known: BTreeMap<DeviceId, Option<String>> = BTreeMap::new();
    for version in versions {
        let Some(author) = version.said.as_ref().map(|said| said.author) else { continue };
        let name = match known.get(&author) {
            Some(name) => name.clone(),
            None => {
                let member = Member::load(view, author)?.map(|member| member.name);
                member.or_else(|| names.get(&author).cloned())
            }
        };
        known.insert(author, name.clone());
        version.author_name = name;
    }
    Ok(())
}
