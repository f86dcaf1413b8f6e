//! Files that no record and no upload names, and of which no device was told for a long time: they
//! are removed.
//!
//! Nothing is removed at a start, nor on the word of an index. Only a file that was seen to come
//! without a record that names it, and that was looked for in vain on many days since, in a store
//! that never shrank meanwhile, is a candidate (`media::Unnamed`); then the entries themselves are
//! asked, all of them computed again. What is removed stands aside for as long again, comes back
//! when anybody asks for it or a record names it, and is only then deleted, by the same proof.
//!
//! Whether a record that came meanwhile names a file is asked inside the transaction of the one
//! thread that writes: one that came before keeps its file, and one that comes after finds it
//! aside.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use chasqui_shared::{ContentHash, LogView, ProjectId};

use crate::{
    audit::{Depth, named_by_entries},
    limits,
    media::{Media, Note},
    store::{ReadLog, Store, StoreError},
};

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Files that stand aside from now on.
    pub removed: u64,
    /// Files that stood aside, and are gone.
    pub deleted: u64,
    /// Files that stood aside, and that a record names: they are here again.
    pub brought_back: u64,
}

/// Looks at all files and for those that nothing names, again and again, until it is dropped.
pub async fn keep_away(store: Arc<Store>, media: Arc<Media>) -> Infallible {
    loop {
        tokio::time::sleep(limits::ORPHANS_PAUSE).await;
        let now = SystemTime::now();
        let looked = media.clone();
        let looking = tokio::task::spawn_blocking(move || looked.blobs().look_at_all(now));
        if let Err(error) = looking.await {
            tracing::error!(%error, "looking at the files panicked");
        }
        match tidy(&store, &media, now).await {
            Ok(done) if done == Tidied::default() => {}
            Ok(Tidied { removed, deleted, brought_back }) => {
                tracing::info!(removed, deleted, brought_back, "files that nothing names");
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "files that nothing names could not be looked for");
            }
        }
    }
}

/// One look: notes which files nothing names, and removes, deletes and brings back those whose time
/// has come by `now`.
pub async fn tidy(
    store: &Store,
    media: &Arc<Media>,
    now: SystemTime,
) -> Result<Tidied, StoreError> {
    let of = media.clone();
    let due = store.read(move |view| {
        let looked = Look { view, media: &of, project: view.project(), now };
        let strays = looked.strays()?;
        looked.proven(strays)
    });
    let Due { remove, delete, bring_back } = due.await?;
    let (media, mut done) = (media.clone(), Tidied::default());
    for hash in bring_back {
        done.brought_back += u64::from(media.blobs().bring_back(hash, now));
    }
    if remove.is_empty() && delete.is_empty() {
        return Ok(done);
    }
    store
        .write(0, move |log| {
            let mut done = done;
            for &(hash, ref note) in &remove {
                if log.names_media(hash)? {
                    continue;
                }
                let note = Note { removed_days: Some(BTreeSet::new()), ..note.clone() };
                match media.remove_orphan(hash, now) {
                    Ok(false) => continue,
                    Ok(true) => done.removed += 1,
                    Err(error) => tracing::warn!(%error, %hash, "a file could not be removed"),
                }
                media.unnamed().put(hash, &note).map_err(StoreError::Directory)?;
            }
            for &hash in &delete {
                if log.names_media(hash)? {
                    continue;
                }
                match media.blobs().delete_removed(hash, now) {
                    Ok(false) => continue,
                    Ok(true) => done.deleted += 1,
                    Err(error) => tracing::warn!(%error, %hash, "a file could not be deleted"),
                }
                media.unnamed().forget(hash).map_err(StoreError::Directory)?;
            }
            Ok(done)
        })
        .await
}

/// What is to be done by one look.
#[derive(Default)]
struct Due {
    remove: Vec<(ContentHash, Note)>,
    delete: Vec<ContentHash>,
    bring_back: Vec<ContentHash>,
}

struct Look<'a> {
    view: &'a ReadLog,
    media: &'a Media,
    project: ProjectId,
    now: SystemTime,
}

impl Look<'_> {
    /// The files that the index does not name either, each with its note as of today.
    fn strays(&self) -> Result<Vec<(ContentHash, Note)>, StoreError> {
        let (unnamed, versions) = (self.media.unnamed(), self.view.counts().versions);
        let mut notes = unnamed.all().map_err(StoreError::Directory)?;
        let noted: BTreeSet<_> = notes.iter().map(|(hash, _)| *hash).collect();
        let newcomers = self.media.blobs().take_newcomers().into_iter();
        let newcomers = newcomers.filter(|hash| !noted.contains(hash));
        notes.extend(newcomers.map(|hash| (hash, Note::new(self.project, versions))));
        let removed: BTreeSet<_> = self.media.blobs().removed_files().into_iter().collect();
        let mut strays = Vec::new();
        for (hash, mut note) in notes {
            let is_here = self.media.blobs().holds(hash) || removed.contains(&hash);
            // One that came back has its time of grace again.
            if note.removed_days.is_some() && !removed.contains(&hash) {
                note = Note::new(self.project, versions);
            }
            if !is_here || !note.is_of(self.project, versions) || self.view.names_media(hash)? {
                unnamed.forget(hash).map_err(StoreError::Directory)?;
                continue;
            }
            let before = note.clone();
            note.looked(versions, self.day());
            if note != before {
                unnamed.put(hash, &note).map_err(StoreError::Directory)?;
            }
            strays.push((hash, note));
        }
        Ok(strays)
    }

    /// What the entries themselves say of the strays whose time has come, and of all files that
    /// were removed.
    fn proven(&self, strays: Vec<(ContentHash, Note)>) -> Result<Due, StoreError> {
        let (removed, forgotten) = (
            self.media.blobs().removed_files(),
            self.media.blobs().forgotten(self.now).into_iter().collect::<BTreeSet<_>>(),
        );
        let mut due: Vec<_> = strays.into_iter().filter(|(_, note)| note.is_due()).collect();
        due.retain(|(hash, note)| note.removed_days.is_some() || forgotten.contains(hash));
        if due.is_empty() && removed.is_empty() {
            return Ok(Due::default());
        }
        let asked: BTreeSet<_> = due.iter().map(|(hash, _)| *hash).chain(removed).collect();
        let Some(named) = named_by_entries(self.view, &asked, Depth::Signatures)? else {
            tracing::warn!("no file is removed: not every entry is whole");
            return Ok(Due::default());
        };
        let mut found = Due { bring_back: named.iter().copied().collect(), ..Due::default() };
        for (hash, note) in due.into_iter().filter(|(hash, _)| !named.contains(hash)) {
            match note.removed_days {
                Some(_) => found.delete.push(hash),
                None => found.remove.push((hash, note)),
            }
        }
        Ok(found)
    }

    fn day(&self) -> u64 {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        self.now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / DAY.as_secs()
    }
}

#[cfg(test)]
mod tests;
