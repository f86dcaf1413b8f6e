//! Files that no record and no upload names, and of which no device was told for a long time: they are removed.
//!
//! Whether a record names a file is asked inside the transaction of the one thread that writes: a record that came
//! before keeps its file, and one that comes after finds it not here, and its phone sends it again.

use std::{convert::Infallible, sync::Arc, time::SystemTime};

use crate::{
    limits,
    media::Media,
    store::{Store, StoreError},
};

/// Removes them now and each day, until it is dropped.
pub async fn keep_away(store: Arc<Store>, media: Arc<Media>) -> Infallible {
    loop {
        match remove(&store, &media, SystemTime::now()).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "removed files that nothing names"),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "files that nothing names could not be looked for");
            }
        }
        tokio::time::sleep(limits::ORPHANS_PAUSE).await;
    }
}

/// Removes those whose time of grace is over `now`; how many there were.
pub async fn remove(store: &Store, media: &Arc<Media>, now: SystemTime) -> Result<u64, StoreError> {
    let mut removed = 0;
    for part in media.blobs().forgotten(now).chunks(limits::FILES_AT_ONCE) {
        let part = part.to_vec();
        // Nearly all that is old is named: that is found out without keeping anybody from writing.
        let orphans = store.read(move |view| {
            let mut orphans = Vec::new();
            for hash in part {
                if !view.names_media(hash)? {
                    orphans.push(hash);
                }
            }
            Ok::<_, StoreError>(orphans)
        });
        let orphans = orphans.await?;
        if orphans.is_empty() {
            continue;
        }
        let media = media.clone();
        removed += store
            .write(0, move |log| {
                let mut removed = 0;
                for &hash in &orphans {
                    if log.names_media(hash)? {
                        continue;
                    }
                    match media.remove_orphan(hash, now) {
                        Ok(is_gone) => removed += u64::from(is_gone),
                        Err(error) => tracing::warn!(%error, %hash, "a file could not be removed"),
                    }
                }
                Ok(removed)
            })
            .await?;
    }
    Ok(removed)
}

#[cfg(test)]
mod tests;
