//! What people see of all records: computed from the log, remembered until something of a record changes.
//!
//! Everything here is work in proportion to what changed and to what is asked for, never to all records: a phone holds a
//! hundred thousand, and a person waits for the one that was saved just now.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use chasqui_shared::{ContentHash, History, LogView, MediaRef, RecordId, View};
use serde::Serialize;

use crate::{
    cursor::{Cursor, Place},
    files::Files,
    ledger::Ledger,
};

/// Views of records, kept up to date lazily.
pub struct Shelf {
    edition: u64,
    revision: u64,
    records: BTreeMap<RecordId, Shown>,
    /// The records that have a view, in the order of the list.
    order: BTreeSet<Place>,
    /// Every record, by the revision that it changed at last.
    changed: BTreeSet<(u64, RecordId)>,
    /// The records that name a file.
    naming: BTreeMap<ContentHash, BTreeSet<RecordId>>,
    /// How many records were looked at to know what changed, the last time.
    #[cfg(test)]
    pub looked: usize,
}

#[derive(Default)]
struct Shown {
    /// `None` when it was deleted, or is no record of what was seen.
    view: Option<View>,
    mine: bool,
    on_phone: bool,
    media_waiting: usize,
    revision: u64,
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// Some of it only here.
    OnPhone,
    /// A laptop answered that its commit was durable.
    OnLaptop,
}

/// `PhoneView` of `www/src/engine/api.ts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneView<'a> {
    /// What is shown.
    #[serde(flatten)]
    pub view: &'a View,
    /// Where it is.
    pub state: RecordState,
    /// Recorded on this phone.
    pub mine: bool,
    /// Files of it that are on this phone and that no laptop holds.
    pub media_waiting: usize,
}

/// All records, or a part of them, or those that changed since an earlier listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing<'a> {
    /// To be given back for what follows, and for what changes from now on.
    pub token: String,
    /// Whether this begins the list anew, rather than going on with an earlier listing.
    pub whole: bool,
    /// Whether records follow that this listing had no room for, and none before it.
    pub more: bool,
    /// How many records are shown in all.
    pub total: usize,
    /// Records as they are now, newest `observed_at` first: those that changed, and the next ones.
    pub views: Vec<PhoneView<'a>>,
    /// Records that are no longer shown.
    pub gone: Vec<RecordId>,
}

impl Shelf {
    /// An empty shelf. Tokens of other editions mean nothing to it.
    pub fn new(edition: u64) -> Self {
        Self {
            edition,
            revision: 0,
            records: BTreeMap::new(),
            order: BTreeSet::new(),
            changed: BTreeSet::new(),
            naming: BTreeMap::new(),
            #[cfg(test)]
            looked: 0,
        }
    }

    /// Lists what changed since `token`, and up to `count_max` of the records that its listing had no room for; from the
    /// beginning if the token is not known.
    pub fn list(
        &mut self,
        ledger: &mut Ledger,
        files: &mut Files,
        token: &str,
        count_max: usize,
    ) -> Listing<'_> {
        self.refresh(ledger, files);
        let known = Cursor::read(token)
            .filter(|cursor| cursor.edition == self.edition && cursor.revision <= self.revision);
        let (mut places, mut gone) = (BTreeSet::new(), Vec::new());
        if let Some(cursor) = &known {
            for &(_, record) in self.changed.range((cursor.revision + 1, RecordId([0; 16]))..) {
                match self.place(record) {
                    Some(place) => _ = places.insert(place),
                    None => gone.push(record),
                }
            }
        }
        let from = match &known {
            None => Some(Bound::Unbounded),
            Some(cursor) => cursor.after.map(Bound::Excluded),
        };
        let mut after = None;
        if let Some(from) = from {
            let mut following = self.order.range((from, Bound::Unbounded)).copied();
            let next: Vec<_> = following.by_ref().take(count_max).collect();
            after = following.next().and(next.last().copied());
            places.extend(next);
        }
        let cursor = Cursor { edition: self.edition, revision: self.revision, after };
        Listing {
            token: cursor.to_string(),
            whole: known.is_none(),
            more: after.is_some(),
            total: self.order.len(),
            views: places.iter().filter_map(|(_, record)| self.shown(*record)).collect(),
            gone,
        }
    }

    /// How a shown record names a file.
    pub fn named(
        &mut self,
        ledger: &mut Ledger,
        files: &mut Files,
        hash: ContentHash,
    ) -> Option<MediaRef> {
        self.refresh(ledger, files);
        let record = self.naming.get(&hash)?.first()?;
        let media = &self.records.get(record)?.view.as_ref()?.media;
        media.iter().find(|media| media.hash == hash).cloned()
    }

    fn shown(&self, record: RecordId) -> Option<PhoneView<'_>> {
        let Shown { view, mine, on_phone, media_waiting, .. } = self.records.get(&record)?;
        let state = if *on_phone { RecordState::OnPhone } else { RecordState::OnLaptop };
        let (mine, media_waiting) = (*mine, *media_waiting);
        Some(PhoneView { view: view.as_ref()?, state, mine, media_waiting })
    }

    fn place(&self, record: RecordId) -> Option<Place> {
        let view = self.records.get(&record)?.view.as_ref()?;
        Some((Reverse(view.observed_at), record))
    }

    fn refresh(&mut self, ledger: &mut Ledger, files: &mut Files) {
        let touched = ledger.take_touched();
        for &record in &touched {
            self.look_again(ledger, record);
        }
        let moved_files = files.take_moved();
        let naming = moved_files.iter().filter_map(|hash| self.naming.get(hash)).flatten();
        let mut stirred: BTreeSet<_> = naming.copied().chain(touched.iter().copied()).collect();
        stirred.extend(match ledger.take_moved() {
            Some(moved) => moved,
            None => self.records.keys().copied().collect(),
        });
        #[cfg(test)]
        (self.looked = stirred.len());
        let next = self.revision + 1;
        for record in stirred {
            let Some(shown) = self.records.get_mut(&record) else { continue };
            let on_phone = is_on_phone(ledger, record);
            let media = shown.view.iter().flat_map(|view| &view.media);
            let media_waiting = media.filter(|media| files.is_waiting(media.hash)).count();
            let same = (shown.on_phone, shown.media_waiting) == (on_phone, media_waiting);
            if same && !touched.contains(&record) {
                continue;
            }
            self.changed.remove(&(shown.revision, record));
            self.changed.insert((next, record));
            (shown.on_phone, shown.media_waiting) = (on_phone, media_waiting);
            shown.revision = next;
            self.revision = next;
        }
    }

    /// Computes a record's view anew.
    fn look_again(&mut self, ledger: &Ledger, record: RecordId) {
        if let Some(place) = self.place(record) {
            self.order.remove(&place);
        }
        let shown = self.records.entry(record).or_default();
        for media in shown.view.iter().flat_map(|view| &view.media) {
            if let Some(naming) = self.naming.get_mut(&media.hash) {
                naming.remove(&record);
            }
        }
        (shown.view, shown.mine) = view_of(ledger, record, shown.mine);
        if let Some(view) = &shown.view {
            self.order.insert((Reverse(view.observed_at), record));
            for media in &view.media {
                self.naming.entry(media.hash).or_default().insert(record);
            }
        }
    }
}

/// What is shown of a record, and whether this device began it.
fn view_of(ledger: &Ledger, record: RecordId, mine: bool) -> (Option<View>, bool) {
    let Ok(history) = History::load(ledger.log(), record);
    let Some(view) = View::of(&history) else { return (None, mine) };
    let device = ledger.pen().owner().device;
    let mine = mine || began(ledger, &history, record) == Some(device);
    let shown = !view.deleted && view.kind.is_seen();
    (Some(view).filter(|_| shown), mine)
}

/// Who wrote the first version of a record, if it is held.
fn began(ledger: &Ledger, heads: &History, record: RecordId) -> Option<chasqui_shared::DeviceId> {
    let first = |history: &History| {
        let mut versions = history.iter().map(|(_, version)| version);
        versions.find(|version| version.parents.is_empty()).map(|version| version.author)
    };
    first(heads).or_else(|| {
        let Ok(all) = History::load_all(ledger.log(), record);
        first(&all)
    })
}

fn is_on_phone(ledger: &Ledger, record: RecordId) -> bool {
    let Ok(heads) = ledger.log().heads(record);
    heads.into_iter().any(|head| {
        let Ok(place) = ledger.log().place(head);
        place.is_some_and(|place| place.seq > ledger.confirmed_seq(place.writer))
    })
}
