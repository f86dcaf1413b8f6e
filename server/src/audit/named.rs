//! Which files the entries name, and no index: what is asked before a file is removed.

use std::collections::BTreeSet;

use chasqui_shared::ContentHash;

use super::examine::{Depth, Walk};
use crate::store::{ReadLog, StoreError};

/// Those of `asked` that an entry names, whatever else of it can be read; `None` unless every entry
/// is whole and listed: what a damaged one named is not known.
///
/// A version in quarantine, such as one of a newer format, names a file as soon as the bytes of its
/// hash are in it.
pub(crate) fn named_by_entries(
    view: &ReadLog,
    asked: &BTreeSet<ContentHash>,
    depth: Depth,
) -> Result<Option<BTreeSet<ContentHash>>, StoreError> {
    let mut walk = Walk::through(view, depth, &mut |_| {})?;
    if walk.repairs.need_peer() || !walk.repairs.ends.is_empty() {
        return Ok(None);
    }
    let named = walk.index.take_media().into_keys().map(|(hash, _)| hash);
    let mut named: BTreeSet<_> = named.filter(|hash| asked.contains(hash)).collect();
    for version in walk.index.quarantined() {
        let spans = version.as_slice().windows(ContentHash::WIDTH);
        named.extend(spans.filter_map(ContentHash::from_slice).filter(|hash| asked.contains(hash)));
    }
    Ok(Some(named))
}
