//! What a replica says that it holds, read from any log.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{LogView, RecordId, View};

use crate::judge::Testimony;

/// Reads a whole log for the judge.
pub(crate) fn testimony<V: LogView>(view: &V) -> Result<Testimony, V::Error> {
    let (mut logs, mut places) = (Vec::new(), BTreeMap::new());
    let mut records: BTreeSet<RecordId> = BTreeSet::new();
    for (writer, until) in view.clock()?.iter() {
        let Some(owner) = view.owner(writer)? else { continue };
        let mut entries = Vec::new();
        for seq in 1..=until.seq {
            entries.extend(view.entry(writer, seq)?);
        }
        for logged in &entries {
            let id = logged.entry.version.id();
            records.extend(logged.entry.version.decode().map(|version| version.record));
            let found = match view.place(id)? {
                Some(place) => view.entry(place.writer, place.seq)?,
                None => None,
            };
            places.insert(id, found.map(|found| found.entry.version.id()));
        }
        logs.push((owner, entries));
    }
    let (mut heads, mut views) = (BTreeMap::new(), BTreeMap::new());
    for record in records {
        let named = view.heads(record)?;
        if let Some(shown) = View::load(view, record)? {
            let json = serde_json::to_string(&shown).unwrap_or_default();
            views.insert(record, (shown.winner, json));
        }
        if !named.is_empty() {
            heads.insert(record, named);
        }
    }
    let (project, digest) = (view.project(), view.clock_digest()?);
    Ok(Testimony { project, digest, logs, places, heads, views })
}
