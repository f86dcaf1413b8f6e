//! What a laptop does for its data by itself: it mends what the disk altered before it serves,
//! keeps files away that nothing names, and packs its database when nobody writes.

use std::{convert::Infallible, path::Path, sync::Arc};

use super::orphans;
use crate::{
    audit::{self, note_damaged},
    limits,
    media::Media,
    store::{Packed, Store, StoreError},
    system::file_modes,
};

/// Opens the store, and mends what the disk altered of it before anybody is shown anything.
pub(super) fn open_whole(data: &Path, begins_anew: bool) -> Result<Store, StoreError> {
    let checked = Store::check_file(data);
    let store = if begins_anew { Store::begin_anew(data) } else { Store::open(data) }?;
    file_modes::tighten(data);
    let is_whole = match checked {
        Ok(()) => true,
        // It was made just now.
        Err(StoreError::Directory(_)) => true,
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "pages of the database are not what was written");
            false
        }
    };
    if !is_whole {
        // The database takes some damages for its own mistakes, and panics.
        let mended =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| audit::mend_index(&store)));
        match mended {
            Ok(Ok(())) => leave_altered_pages(&store),
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "what the disk altered could not be mended");
            }
            Err(_) => tracing::error!("what the disk altered could not be read"),
        }
    }
    Ok(store)
}

/// Goes on in a new file, without the pages that the disk altered.
fn leave_altered_pages(store: &Store) {
    if let Err(error) = store.pack(true) {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "the database could not be copied; it is used as it is");
    }
}

/// Packs the database when nothing was written for a while, until it is dropped.
pub(super) async fn keep_packed(store: Arc<Store>) -> Infallible {
    let mut commits = store.watch();
    loop {
        while tokio::time::timeout(limits::PACK_PAUSE, commits.changed()).await.is_ok() {}
        let of = store.clone();
        match tokio::task::spawn_blocking(move || of.pack(false)).await {
            Ok(Ok(Packed::Done(before, after))) => {
                tracing::info!(before, after, "the database takes fewer bytes of the disk");
            }
            Ok(Ok(Packed::Tight)) => {}
            Ok(Ok(Packed::PutOff)) => continue,
            Ok(Err(error)) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "the database could not be packed; it is used as it is");
            }
            Err(error) => tracing::error!(%error, "packing the database panicked"),
        }
        // There is nothing to do before the next commit.
        let _ = commits.changed().await;
    }
}

/// Tells what `chasqui verify` found of the files while nothing was running, then keeps away what
/// nothing names.
pub(super) async fn tidy(store: Arc<Store>, media: Arc<Media>) -> Infallible {
    // What the program was stopped in ending.
    let is_put_out = |device| store.pairing(device).is_some_and(|row| row.revoked_at.is_some());
    for device in media.uploaders().into_iter().filter(|device| is_put_out(*device)) {
        media.end_uploads(device).await;
    }
    if let Err(error) = note_damaged(&store, media.blobs()).await {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "the damaged files that stand aside could not be told of");
    }
    orphans::keep_away(store, media).await
}
