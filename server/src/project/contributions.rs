//! What each device recorded, of what is stored here, and which of its files have arrived.
//!
//! Counted from the entries themselves, each read once while the program runs; nothing is stored
//! that could be wrong. An observation counts for the device that began it, a file for the device
//! that named it first in its record: whoever corrects another's note does not have the other's
//! photos.
//!
//! Costs: the first count reads every entry (some 10 µs each); after that, the new ones. 100 bytes
//! of memory a file.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use chasqui_shared::{
    ContentHash, DeviceId, Kind, LogView, LoggedEntry, Place, Position, RecordId, WriterId,
    from_cbor,
};
use serde::Deserialize;

use crate::{
    media::Blobs,
    store::{NamedMedia, ReadLog, StoreError},
};

/// Files that were named, and those of them that are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileCount {
    /// Files named, each once.
    pub named: u64,
    /// Those of them that are stored here.
    pub here: u64,
}

/// What one device recorded, as far as its entries are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// Observations and tracks that it began, those that are kept and not shown left out.
    pub observations: u64,
    /// Photos that it was the first to name.
    pub photos: FileCount,
    /// Sounds, videos and other files that it was the first to name.
    pub others: FileCount,
    /// Bytes of those files that are not here, as their records say.
    pub missing_bytes: u64,
}

/// What is needed of a version; all else in it is passed over.
#[derive(Deserialize)]
struct Said {
    record: RecordId,
    kind: Kind,
    author: DeviceId,
    generation: u64,
    #[serde(default)]
    media: Vec<NamedMedia>,
}

/// Who was the first to name a file in a record.
#[derive(Clone, Copy)]
struct Naming {
    generation: u64,
    author: DeviceId,
    bytes: u64,
    is_photo: bool,
}

/// How far a log was counted, and what came of it.
struct CountedLog {
    until: Position,
    observations: BTreeMap<DeviceId, u64>,
    /// Some of its entries are shown once their author is named manager.
    waits: bool,
}

impl CountedLog {
    fn new() -> Self {
        Self { until: Position::START, observations: BTreeMap::new(), waits: false }
    }
}

/// By device.
pub type ByDevice = BTreeMap<DeviceId, Contribution>;

#[derive(Default)]
struct Counted {
    logs: BTreeMap<WriterId, CountedLog>,
    files: HashMap<(ContentHash, RecordId), Naming>,
    managers: u64,
    /// The commit and the change of files that the sums are of.
    last: Option<(u64, u64, Arc<ByDevice>)>,
}

/// The contributions of all devices, counted as far as somebody asked.
#[derive(Default)]
pub struct Contributions(Mutex<Counted>);

impl std::fmt::Debug for Contributions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contributions").finish_non_exhaustive()
    }
}

impl Contributions {
    /// What each device recorded, at this moment. Whoever comes second waits for the first, so that
    /// it is counted once.
    pub fn of(&self, view: &ReadLog, blobs: &Blobs) -> Result<Arc<ByDevice>, StoreError> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (serial, changes) = (view.serial(), blobs.changes());
        if let Some((of, after, sums)) = &counted.last
            && (*of, *after) == (serial, changes)
        {
            return Ok(sums.clone());
        }
        counted.read(view)?;
        let sums = Arc::new(counted.sums(blobs));
        counted.last = Some((serial, changes, sums.clone()));
        Ok(sums)
    }
}

impl Counted {
    /// Reads the entries that came since the last time; a log that went another way is read again.
    fn read(&mut self, view: &ReadLog) -> Result<(), StoreError> {
        let managers = view.managers_len()?;
        let renamed = std::mem::replace(&mut self.managers, managers) != managers;
        for (owner, at) in view.logs()? {
            let writer = owner.writer();
            let log = self.logs.entry(writer).or_insert_with(CountedLog::new);
            let until = log.until;
            let goes_on = until.seq <= at.seq
                && view.chain_at(writer, until.seq)? == Some(until.chain)
                && !(renamed && log.waits);
            if !goes_on {
                *log = CountedLog::new();
            }
            for seq in log.until.seq + 1..=at.seq {
                if let Some(logged) = view.entry(writer, seq)? {
                    count(log, &mut self.files, view, Place { writer, seq }, &logged)?;
                }
            }
            log.until = at;
        }
        Ok(())
    }

    fn sums(&self, blobs: &Blobs) -> ByDevice {
        let mut sums = ByDevice::new();
        for (&device, observations) in self.logs.values().flat_map(|log| &log.observations) {
            sums.entry(device).or_default().observations += observations;
        }
        let mut files: Vec<_> =
            self.files.iter().map(|(&(hash, _), naming)| (naming.author, hash, naming)).collect();
        files.sort_unstable_by_key(|(author, hash, _)| (*author, *hash));
        files.dedup_by_key(|(author, hash, _)| (*author, *hash));
        for (author, hash, naming) in files {
            let sum = sums.entry(author).or_default();
            let count = if naming.is_photo { &mut sum.photos } else { &mut sum.others };
            count.named += 1;
            if blobs.holds(hash) {
                count.here += 1;
            } else {
                sum.missing_bytes = sum.missing_bytes.saturating_add(naming.bytes);
            }
        }
        sums
    }
}

/// Counts one entry. A version that stands in two logs counts where it is found by its id.
fn count(
    log: &mut CountedLog,
    files: &mut HashMap<(ContentHash, RecordId), Naming>,
    view: &ReadLog,
    at: Place,
    logged: &LoggedEntry,
) -> Result<(), StoreError> {
    let Ok(said) = from_cbor::<Said>(logged.entry.version.as_slice()) else { return Ok(()) };
    for media in said.media {
        let naming = Naming {
            generation: said.generation,
            author: said.author,
            bytes: media.bytes,
            is_photo: media.media_type.starts_with("image/"),
        };
        let first = files.entry((media.hash, said.record)).or_insert(naming);
        if naming.generation < first.generation {
            *first = naming;
        }
    }
    if let Some(quarantine) = &logged.quarantine {
        log.waits |= quarantine.waits_for_role();
    } else if said.generation == 1
        && said.kind.is_seen()
        && view.place(logged.entry.version.id())? == Some(at)
    {
        *log.observations.entry(said.author).or_default() += 1;
    }
    Ok(())
}
