//! The photos, sounds and films of this phone: what was taken for a draft, what records name, and
//! which laptops hold it.
//!
//! Only what is said of the files is here, as rows by name; their bytes stay on the disk. What was
//! taken for a draft stays until the draft is saved or discarded, however long ago that was: it may
//! be all there is of what somebody saw.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{
    Code, ContentHash, DeviceId, Failure, MediaRef, label,
    limits::{MEDIA_BYTES_MAX, MEDIA_MAX, MEDIA_NAME_BYTES_MAX, MEDIA_TYPE_BYTES_MAX},
};
use serde::{Deserialize, Serialize};

use crate::{
    files::held::HeldMedia,
    limits::DRAFT_KEY_BYTES_MAX,
    storage::{
        disk::{DiskError, Key, Store, Value},
        row,
    },
};

const HELD: &str = "media.";
const TAKEN: &str = "taken.";

/// What is said of all files.
#[derive(Default)]
pub struct Files {
    held: BTreeMap<ContentHash, HeldMedia>,
    /// By the key of the draft that they were taken for.
    taken: BTreeMap<(String, ContentHash), Taken>,
    changes: FileChanges,
    /// Those of which something else is said than when they were last asked for.
    moved: BTreeSet<ContentHash>,
}

/// A file that was taken for a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    /// Higher than that of every file that was taken for the draft before.
    order: u64,
    media: MediaRef,
}

/// So many files, and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct FileSum {
    /// So many files.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl FromIterator<u64> for FileSum {
    /// Of files of these sizes.
    fn from_iter<I: IntoIterator<Item = u64>>(sizes: I) -> Self {
        let add = |sum: Self, bytes| Self { count: sum.count + 1, bytes: sum.bytes + bytes };
        sizes.into_iter().fold(Self::default(), add)
    }
}

/// What must be saved so that the disk says the same; see [`crate::Save`].
#[derive(Default)]
pub struct FileChanges {
    pub puts: Vec<Value>,
    pub deletes: Vec<Key>,
    pub needed: Vec<ContentHash>,
    pub dropped: Vec<ContentHash>,
    /// To be dropped as well, unless a version of this phone names it, whatever is said of it here.
    pub let_go: Vec<ContentHash>,
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

    /// Whether anything is to be saved.
    pub fn is_changed(&self) -> bool {
        let FileChanges { puts, deletes, needed, dropped, let_go } = &self.changes;
        !puts.is_empty()
            || !deletes.is_empty()
            || !needed.is_empty()
            || !dropped.is_empty()
            || !let_go.is_empty()
    }

    /// A file was taken for a draft. Says how it is kept: too long a name is cut, so that it costs
    /// nobody the photo.
    ///
    /// Fails with `draft_malformed`, `media_empty`, `media_large` and `media_many`.
    pub fn take(&mut self, draft: &str, mut media: MediaRef) -> Result<MediaRef, Failure> {
        if draft.is_empty() || draft.len() > DRAFT_KEY_BYTES_MAX {
            return Err(Failure::new(Code::DraftMalformed, "the key of the draft is no key"));
        }
        if media.bytes == 0 {
            return Err(Failure::new(Code::MediaEmpty, "this file is empty"));
        }
        if media.bytes > MEDIA_BYTES_MAX {
            return Err(Failure::new(Code::MediaLarge, "this file is too large to be sent"));
        }
        let place = (draft.to_owned(), media.hash);
        if !self.taken.contains_key(&place) && self.taken_for(draft).count() >= MEDIA_MAX {
            let message = format!("an observation has at most {MEDIA_MAX} photos and sounds");
            return Err(Failure::new(Code::MediaMany, message));
        }
        media.name.truncate(media.name.floor_char_boundary(MEDIA_NAME_BYTES_MAX));
        if media.media_type.len() > MEDIA_TYPE_BYTES_MAX {
            media.media_type.clear();
        }
        // One that is taken again keeps its place.
        let order = match self.taken.get(&place) {
            Some(taken) => taken.order,
            None => self.taken_for(draft).map(|taken| taken.order + 1).max().unwrap_or(0),
        };
        media.name = label(&media.name).into_owned();
        media.media_type = label(&media.media_type).into_owned();
        let taken = Taken { order, media: media.clone() };
        let value = (Store::Meta, taken_key(draft, media.hash), row::encode(&taken));
        self.changes.puts.push(value);
        self.taken.insert(place, taken);
        Ok(media)
    }

    /// What was taken for a draft, in the order in which it was taken.
    pub fn taken(&self, draft: &str) -> Vec<MediaRef> {
        let mut taken: Vec<_> = self.taken_for(draft).collect();
        taken.sort_by_key(|taken| taken.order);
        taken.into_iter().map(|taken| taken.media.clone()).collect()
    }

    /// Lets go of one file that was taken for a draft. Its bytes go too, unless a record or another
    /// draft has it: where nothing is said here of a laptop that holds it, the versions themselves
    /// are asked. Says whether it was there.
    pub fn discard(&mut self, draft: &str, hash: ContentHash) -> bool {
        if self.taken.remove(&(draft.to_owned(), hash)).is_none() {
            return false;
        }
        self.changes.deletes.push(taken_key(draft, hash));
        if self.taken.keys().any(|(_, taken)| *taken == hash) {
            return true;
        }
        match self.held.get(&hash) {
            Some(held) if held.here => {}
            // It left this phone when a laptop had it.
            Some(held) if !held.held_by.is_empty() => self.changes.dropped.push(hash),
            _ => self.changes.let_go.push(hash),
        }
        true
    }

    /// The same for all files of a draft.
    pub fn release(&mut self, draft: &str) -> bool {
        let hashes: Vec<_> = self.taken_for(draft).map(|taken| taken.media.hash).collect();
        for hash in &hashes {
            self.discard(draft, *hash);
        }
        !hashes.is_empty()
    }

    /// A record of this phone names a file, which must be here.
    pub fn name(&mut self, media: &MediaRef) {
        self.changes.needed.push(media.hash);
        let held = self.held.entry(media.hash).or_insert_with(|| HeldMedia::here(media));
        held.here = true;
        held.damaged = false;
        self.put(media.hash);
    }

    /// A file came from this laptop, and is to be kept.
    pub fn fetched(&mut self, media: &MediaRef, laptop: Option<DeviceId>) {
        let held = self.held.entry(media.hash).or_insert_with(|| HeldMedia::here(media));
        held.here = true;
        held.damaged = false;
        held.held_by.extend(laptop);
        self.put(media.hash);
    }

    /// The files that are on this phone.
    pub fn here(&self) -> BTreeSet<ContentHash> {
        let here = self.held.iter().filter(|(_, held)| held.here);
        here.map(|(hash, _)| *hash).collect()
    }

    /// Whether a file is here, and is what was taken.
    pub fn is_sound(&self, hash: ContentHash) -> bool {
        self.held.get(&hash).is_some_and(HeldMedia::is_sound)
    }

    /// The files that are here, and that this laptop is not known to hold.
    pub fn missing_at(&self, laptop: DeviceId) -> Vec<MediaRef> {
        let missing =
            self.held.iter().filter(|(_, held)| held.is_sound() && !held.held_by.contains(&laptop));
        missing.map(|(hash, held)| held.named(*hash)).collect()
    }

    /// The files that this laptop is said to have, and that are here too.
    pub fn shared_with(&self, laptop: DeviceId) -> Vec<MediaRef> {
        let shared =
            self.held.iter().filter(|(_, held)| held.here && held.held_by.contains(&laptop));
        shared.map(|(hash, held)| held.named(*hash)).collect()
    }

    /// The files that are here and that a laptop is known to hold, with their sizes; without those
    /// that are `bound` to this phone, or taken for a draft.
    pub fn freeable(&self, bound: &BTreeSet<ContentHash>) -> Vec<(ContentHash, u64)> {
        let drafts: BTreeSet<_> = self.taken.keys().map(|(_, hash)| *hash).collect();
        let free = self.held.iter().filter(|(hash, held)| {
            held.here && !held.held_by.is_empty() && !bound.contains(hash) && !drafts.contains(hash)
        });
        free.map(|(hash, held)| (*hash, held.bytes)).collect()
    }

    /// Removes the bytes of a file; what is said of it stays.
    pub fn free(&mut self, hash: ContentHash) {
        if let Some(held) = self.held.get_mut(&hash) {
            held.here = false;
            held.damaged = false;
            self.changes.dropped.push(hash);
            self.put(hash);
        }
    }

    /// A laptop answered that it holds a file.
    pub fn note_held(&mut self, hash: ContentHash, laptop: DeviceId) {
        if self.held.get_mut(&hash).is_some_and(|held| held.held_by.insert(laptop)) {
            self.put(hash);
        }
    }

    /// A laptop no longer holds a file.
    pub fn note_missing(&mut self, hash: ContentHash, laptop: DeviceId) {
        if self.held.get_mut(&hash).is_some_and(|held| held.held_by.remove(&laptop)) {
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

    /// The bytes of a file are not those of its hash.
    pub fn note_damaged(&mut self, hash: ContentHash) {
        if let Some(held) = self.held.get_mut(&hash) {
            held.damaged = true;
            self.put(hash);
        }
    }

    /// What to tell people of files that are damaged, if there are any.
    pub fn damage(&self) -> Option<Failure> {
        let damaged: Vec<_> = self.held.values().filter(|held| held.here && held.damaged).collect();
        let name = &damaged.first()?.name;
        let message = match damaged.len() {
            1 => format!("a file on this phone is damaged and cannot be sent: {name}"),
            count => {
                format!("{count} files on this phone are damaged and cannot be sent: {name}, …")
            }
        };
        Some(Failure::new(Code::MediaDamaged, message))
    }

    /// Whether a file is here and held by no laptop.
    pub fn is_waiting(&self, hash: ContentHash) -> bool {
        self.held.get(&hash).is_some_and(HeldMedia::is_waiting)
    }

    /// The files that no laptop holds, and how many of them are pictures.
    pub fn waiting(&self) -> (FileSum, u64) {
        let waiting = || self.held.values().filter(|held| held.is_waiting());
        let photos = waiting().filter(|held| held.is_photo()).count();
        (waiting().map(|held| held.bytes).collect(), photos as u64)
    }

    fn taken_for(&self, draft: &str) -> impl Iterator<Item = &Taken> {
        let from = (draft.to_owned(), ContentHash([0; ContentHash::WIDTH]));
        let all = self.taken.range(from..);
        all.take_while(move |((of, _), _)| of == draft).map(|(_, taken)| taken)
    }

    /// The files of which something else is said since the last call.
    pub fn take_moved(&mut self) -> BTreeSet<ContentHash> {
        std::mem::take(&mut self.moved)
    }

    fn put(&mut self, hash: ContentHash) {
        if let Some(held) = self.held.get(&hash) {
            self.moved.insert(hash);
            let name = format!("{HELD}{hash}");
            self.changes.puts.push((Store::Meta, Key::name(name), row::encode(held)));
        }
    }
}

fn taken_key(draft: &str, hash: ContentHash) -> Key {
    Key::name(format!("{TAKEN}{draft}.{hash}"))
}
