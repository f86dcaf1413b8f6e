//! The photos, sounds and films of this phone: what was taken for a draft, what records name, and which laptops hold it.
//!
//! Only what is said of the files is here, as rows by name; their bytes stay on the disk.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    ContentHash, DeviceId, Failure, MediaRef,
    limits::{MEDIA_BYTES_MAX, MEDIA_MAX, MEDIA_NAME_BYTES_MAX, MEDIA_TYPE_BYTES_MAX},
};
use serde::{Deserialize, Serialize};

use crate::{
    disk::{DiskError, Key, Store, Value},
    limits::DRAFT_KEY_BYTES_MAX,
    row,
};

const HELD: &str = "media.";
const TAKEN: &str = "taken.";

/// A file that a record of this phone names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldMedia {
    /// Size of the file.
    pub bytes: u64,
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The name it had on the phone.
    pub name: String,
    /// Whether its bytes are on this phone.
    pub here: bool,
    /// The laptops that answered that they hold it, durable.
    pub held_by: BTreeSet<DeviceId>,
}

/// What is said of all files.
#[derive(Default)]
pub struct Files {
    held: BTreeMap<ContentHash, HeldMedia>,
    /// By the key of the draft that they were taken for.
    taken: BTreeMap<(String, ContentHash), MediaRef>,
    changes: FileChanges,
}

/// What must be saved so that the disk says the same; see [`crate::Save`].
#[derive(Default)]
pub struct FileChanges {
    pub puts: Vec<Value>,
    pub deletes: Vec<Key>,
    pub needed: Vec<ContentHash>,
    pub dropped: Vec<ContentHash>,
}

impl Files {
    /// Reads a row of the disk, if it is one of these.
    pub fn read(&mut self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        if let Some(hash) = name.strip_prefix(HELD).and_then(ContentHash::from_hex) {
            self.held.insert(hash, row::decode(bytes)?);
        } else if let Some((draft, hash)) =
            name.strip_prefix(TAKEN).and_then(|rest| rest.rsplit_once('.'))
            && let Some(hash) = ContentHash::from_hex(hash)
        {
            self.taken.insert((draft.to_owned(), hash), row::decode(bytes)?);
        }
        Ok(())
    }

    /// Changes since the last call.
    pub fn take_changes(&mut self) -> FileChanges {
        std::mem::take(&mut self.changes)
    }

    /// A file was taken for a draft. Says how it is kept: too long a name is cut, so that it costs nobody the photo.
    ///
    /// Fails with `draft_malformed`, `media_empty`, `media_large` and `media_many`.
    pub fn take(&mut self, draft: &str, mut media: MediaRef) -> Result<MediaRef, Failure> {
        if draft.is_empty() || draft.len() > DRAFT_KEY_BYTES_MAX {
            return Err(Failure::lasting("draft_malformed", "the key of the draft is no key"));
        }
        if media.bytes == 0 {
            return Err(Failure::lasting("media_empty", "this file is empty"));
        }
        if media.bytes > MEDIA_BYTES_MAX {
            return Err(Failure::lasting("media_large", "this file is too large to be sent"));
        }
        let place = (draft.to_owned(), media.hash);
        if !self.taken.contains_key(&place) && self.taken_for(draft).count() >= MEDIA_MAX {
            let message = format!("an observation has at most {MEDIA_MAX} photos and sounds");
            return Err(Failure::lasting("media_many", message));
        }
        media.name.truncate(media.name.floor_char_boundary(MEDIA_NAME_BYTES_MAX));
        if media.media_type.len() > MEDIA_TYPE_BYTES_MAX {
            media.media_type.clear();
        }
        let value = (Store::Meta, taken_key(draft, media.hash), row::encode(&media));
        self.changes.puts.push(value);
        self.taken.insert(place, media.clone());
        Ok(media)
    }

    /// What was taken for a draft.
    pub fn taken(&self, draft: &str) -> Vec<MediaRef> {
        self.taken_for(draft).cloned().collect()
    }

    /// Lets go of one file that was taken for a draft. Its bytes go too, unless a record or another draft has it. Says whether
    /// it was there.
    pub fn discard(&mut self, draft: &str, hash: ContentHash) -> bool {
        if self.taken.remove(&(draft.to_owned(), hash)).is_none() {
            return false;
        }
        self.changes.deletes.push(taken_key(draft, hash));
        if !self.held.contains_key(&hash) && self.taken.keys().all(|(_, taken)| *taken != hash) {
            self.changes.dropped.push(hash);
        }
        true
    }

    /// The same for all files of a draft.
    pub fn release(&mut self, draft: &str) -> bool {
        let hashes: Vec<_> = self.taken_for(draft).map(|media| media.hash).collect();
        for hash in &hashes {
            self.discard(draft, *hash);
        }
        !hashes.is_empty()
    }

    /// A record of this phone names a file, which must be here.
    pub fn name(&mut self, media: &MediaRef) {
        self.changes.needed.push(media.hash);
        let held = self.held.entry(media.hash).or_insert_with(|| HeldMedia {
            bytes: media.bytes,
            media_type: media.media_type.clone(),
            name: media.name.clone(),
            here: true,
            held_by: BTreeSet::new(),
        });
        held.here = true;
        self.put(media.hash);
    }

    /// The files that are on this phone.
    pub fn here(&self) -> BTreeSet<ContentHash> {
        let here = self.held.iter().filter(|(_, held)| held.here);
        here.map(|(hash, _)| *hash).collect()
    }

    /// The files that are here, and that this laptop is not known to hold.
    pub fn missing_at(&self, laptop: DeviceId) -> Vec<MediaRef> {
        let missing =
            self.held.iter().filter(|(_, held)| held.here && !held.held_by.contains(&laptop));
        let named = missing.map(|(hash, held)| MediaRef {
            hash: *hash,
            bytes: held.bytes,
            media_type: held.media_type.clone(),
            name: held.name.clone(),
        });
        named.collect()
    }

    /// A laptop answered that it holds a file.
    pub fn note_held(&mut self, hash: ContentHash, laptop: DeviceId) {
        if self.held.get_mut(&hash).is_some_and(|held| held.held_by.insert(laptop)) {
            self.put(hash);
        }
    }

    /// The bytes of a file are gone.
    pub fn note_lost(&mut self, hash: ContentHash) {
        if let Some(held) = self.held.get_mut(&hash) {
            held.here = false;
            self.put(hash);
        }
    }

    /// Whether a file is here and held by no laptop.
    pub fn is_waiting(&self, hash: ContentHash) -> bool {
        self.held.get(&hash).is_some_and(HeldMedia::is_waiting)
    }

    /// Number and bytes of the files that no laptop holds.
    pub fn waiting(&self) -> (u64, u64) {
        let waiting = self.held.values().filter(|held| held.is_waiting());
        waiting.fold((0, 0), |(count, bytes), held| (count + 1, bytes + held.bytes))
    }

    fn taken_for(&self, draft: &str) -> impl Iterator<Item = &MediaRef> {
        let from = (draft.to_owned(), ContentHash([0; ContentHash::WIDTH]));
        let all = self.taken.range(from..);
        all.take_while(move |((of, _), _)| of == draft).map(|(_, media)| media)
    }

    fn put(&mut self, hash: ContentHash) {
        if let Some(held) = self.held.get(&hash) {
            let name = format!("{HELD}{hash}");
            self.changes.puts.push((Store::Meta, Key::name(name), row::encode(held)));
        }
    }
}

impl HeldMedia {
    fn is_waiting(&self) -> bool {
        self.here && self.held_by.is_empty()
    }
}

fn taken_key(draft: &str, hash: ContentHash) -> Key {
    Key::name(format!("{TAKEN}{draft}.{hash}"))
}
