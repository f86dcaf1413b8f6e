//! What the index of a store must say, gathered from its entries alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chasqui_shared::{
    ContentHash, DeviceId, Kind, LoggedEntry, Member, Place, Quarantine, RecordId, Role,
    VersionBytes, VersionId,
};

use crate::store::{NamedMedia, media_named_by};

/// The versions of whole entries.
#[derive(Debug, Default)]
pub(super) struct Index {
    held: HashMap<VersionId, Held>,
    /// Versions that another version of the record follows.
    named: HashSet<(RecordId, VersionId)>,
    /// The least that versions of a record say of a file, those in quarantine too.
    media: BTreeMap<(ContentHash, RecordId), NamedMedia>,
    /// Devices that versions that are shown name manager.
    managers: BTreeSet<DeviceId>,
    /// Entries that wait for their author to be named manager.
    waiting: Vec<(DeviceId, Place)>,
    /// Versions in quarantine: what they name may not be known.
    quarantined: Vec<VersionBytes>,
}

#[derive(Debug)]
struct Held {
    /// Where the version may be shown from, else where it is held in quarantine.
    place: Place,
    /// Its record, unless it is held in quarantine alone.
    record: Option<RecordId>,
    /// Whether the store's index leads to it.
    is_met: bool,
    /// Other places that hold it as well; rare.
    others: Vec<Place>,
}

impl Index {
    /// Takes note of a whole entry.
    pub fn add(&mut self, logged: &LoggedEntry) {
        self.add_media(logged);
        let place = Place { writer: logged.entry.writer, seq: logged.entry.seq };
        let kin = match logged.quarantine {
            None => logged.entry.version.kin().ok(),
            Some(_) => None,
        };
        let record = kin.as_ref().map(|kin| kin.record);
        if let Some(quarantine) = &logged.quarantine {
            self.add_quarantined(logged, quarantine, place);
        }
        if kin.as_ref().is_some_and(|kin| kin.kind == Kind::Member && kin.role == Role::Manager) {
            let member = logged.entry.version.decode_admitted().ok();
            self.managers.extend(member.and_then(|member| Member::manager_named_by(&member)));
        }
        if let Some(kin) = kin {
            self.named.extend(kin.parents.iter().map(|&parent| (kin.record, parent)));
        }
        let is_shown = record.is_some();
        let blank = Held { place, record, is_met: false, others: Vec::new() };
        let held = self.held.entry(logged.entry.version.id()).or_insert(blank);
        if held.place == place {
            return;
        }
        match (held.record.is_some(), is_shown) {
            (false, true) => (held.place, held.record, held.others) = (place, record, Vec::new()),
            (true, false) => {}
            _ => held.others.push(place),
        }
    }

    fn add_media(&mut self, logged: &LoggedEntry) {
        let Some((record, named)) = media_named_by(&logged.entry.version) else { return };
        for media in named {
            let least = self.media.entry((media.hash, record)).or_insert_with(|| media.clone());
            if media < *least {
                *least = media;
            }
        }
    }

    fn add_quarantined(&mut self, logged: &LoggedEntry, quarantine: &Quarantine, place: Place) {
        let version = &logged.entry.version;
        self.quarantined.push(version.clone());
        if quarantine.waits_for_role()
            && let Ok(kin) = version.kin()
        {
            self.waiting.push((kin.author, place));
        }
    }

    /// Devices that versions that are shown name manager.
    pub fn managers(&self) -> &BTreeSet<DeviceId> {
        &self.managers
    }

    /// Entries that wait for their author to be named manager.
    pub fn waiting(&self) -> &[(DeviceId, Place)] {
        &self.waiting
    }

    /// Versions in quarantine.
    pub fn quarantined(&self) -> &[VersionBytes] {
        &self.quarantined
    }

    /// Whether a version that is shown follows this one.
    pub fn names(&self, parent: (RecordId, VersionId)) -> bool {
        self.named.contains(&parent)
    }

    /// The versions that others follow and that are not shown, by record.
    pub fn named_unheld(&self) -> BTreeSet<(RecordId, VersionId)> {
        let is_shown = |id| self.held.get(id).is_some_and(|held| held.record.is_some());
        self.named.iter().filter(|(_, parent)| !is_shown(parent)).copied().collect()
    }

    /// What is to be said of files, by file and record; taken out.
    pub fn take_media(&mut self) -> BTreeMap<(ContentHash, RecordId), NamedMedia> {
        std::mem::take(&mut self.media)
    }

    /// Whether the version is where the store's index says, and may be shown from there if from
    /// anywhere.
    pub fn meets(&mut self, version: VersionId, place: Place) -> bool {
        let Some(held) = self.held.get_mut(&version) else { return false };
        let meets = held.place == place || held.others.contains(&place);
        held.is_met |= meets;
        meets
    }

    /// Where a version is.
    pub fn place(&self, version: VersionId) -> Option<Place> {
        self.held.get(&version).map(|held| held.place)
    }

    /// The versions that the store's index did not lead to.
    pub fn unmet(&self) -> impl Iterator<Item = (VersionId, Place)> + '_ {
        let unmet = self.held.iter().filter(|(_, held)| !held.is_met);
        unmet.map(|(&version, held)| (version, held.place))
    }

    /// Number of versions.
    pub fn len(&self) -> u64 {
        self.held.len() as u64
    }

    /// The heads of every record, ascending.
    pub fn heads(&self) -> BTreeMap<RecordId, Vec<VersionId>> {
        let mut heads: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (&version, held) in &self.held {
            let Some(record) = held.record else { continue };
            if !self.named.contains(&(record, version)) {
                heads.entry(record).or_default().push(version);
            }
        }
        heads.values_mut().for_each(|heads| heads.sort_unstable());
        heads
    }
}
