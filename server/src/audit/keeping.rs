//! A laptop that serves notices by itself what its disk altered: the index is built again from the
//! entries, and the manager is told of entries that only another laptop can give back.

use std::{convert::Infallible, sync::Arc};

use chasqui_shared::Notice;

use super::{
    examine::{Depth, audit_to},
    heal::heal_index,
    report::Damage,
};
use crate::{
    limits,
    store::{Store, StoreError, WriteLog},
};

/// Audits whenever something was read that is not what was written, until it is dropped.
pub(crate) async fn keep(store: Arc<Store>) -> Infallible {
    loop {
        tokio::time::sleep(limits::DOUBT_PAUSE).await;
        if !store.take_doubt() {
            continue;
        }
        let store = store.clone();
        let mended = tokio::task::spawn_blocking(move || mend_index(&store));
        match mended.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "what the disk altered could not be mended");
            }
            Err(error) => tracing::error!(%error, "an audit panicked"),
        }
    }
}

/// Audits, builds again what is wrong of the index, and tells the manager what else is damaged.
pub(crate) fn mend_index(store: &Store) -> Result<(), StoreError> {
    let audited = audit_to(&store.view()?, Depth::Hashes)?;
    let notices: Vec<_> = notices_of_entries(&audited.report.damage).collect();
    let (damaged, needs_peer) = (audited.report.damaged, audited.repairs.need_peer());
    if damaged == 0 {
        return Ok(());
    }
    tracing::warn!(damaged, "the disk altered what is stored");
    if !notices.is_empty() {
        store.write_blocking(0, move |log: &mut WriteLog<'_>| {
            notices.iter().for_each(|notice| log.note(notice.clone()));
            Ok(())
        })?;
    }
    let mut rows = heal_index(store, audited.repairs)?;
    // What is derived is only known once its places are right.
    let left = audit_to(&store.view()?, Depth::Hashes)?.repairs;
    if !left.need_peer() {
        rows += heal_index(store, left)?;
    }
    tracing::warn!(rows, needs_peer, "rows of the index were built again");
    Ok(())
}

/// What is to be noticed of damaged entries; at most [`limits::DAMAGE_NOTED_MAX`] at once.
pub(crate) fn notices_of_entries(damage: &[Damage]) -> impl Iterator<Item = Notice> + '_ {
    let of_entry = |damage: &Damage| {
        let reason = damage.code.clone();
        Some(Notice::EntryDamaged { writer: damage.writer?, seq: damage.seq.unwrap_or(0), reason })
    };
    damage.iter().filter_map(of_entry).take(limits::DAMAGE_NOTED_MAX)
}
