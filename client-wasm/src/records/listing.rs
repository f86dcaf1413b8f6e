//! What people see of all records: computed from the log, remembered until something of a record
//! changes.
//!
//! Everything here is work in proportion to what changed and to what is asked for, never to all
//! records: a phone holds a hundred thousand, and a person waits for the one that was saved just
//! now.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use chasqui_shared::{ContentHash, DeviceId, LogView, MediaRef, Member, RecordId, Timestamp, View};
use serde::Serialize;

use crate::{
    files::index::Files,
    records::{
        cursor::{Cursor, Place, place},
        ledger::Ledger,
    },
};

/// Views of records, kept up to date lazily.
pub struct Shelf {
    edition: u64,
    revision: i64,
    records: BTreeMap<RecordId, Shown>,
    /// The records that have a view, in the order of the list.
    order: BTreeSet<Place>,
    /// Every record, by the revision that it changed at last.
    changed: BTreeSet<(i64, RecordId)>,
    /// The records that name a file.
    naming: BTreeMap<ContentHash, BTreeSet<RecordId>>,
    /// Who holds which device, and the records that were begun there.
    names: BTreeMap<DeviceId, String>,
    begun_by: BTreeMap<DeviceId, BTreeSet<RecordId>>,
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
    /// The moment that the list orders it by.
    listed_at: Option<Timestamp>,
    revision: i64,
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// Some of it only here.
    OnPhone,
    /// A laptop answered that its commit was durable.
    OnLaptop,
}

/// A record in the list of the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct PhoneView<'a> {
    /// What is shown.
    #[serde(flatten)]
    pub view: &'a View,
    /// Where it is.
    pub state: RecordState,
    /// Recorded on this phone.
    pub mine: bool,
    /// Who holds the device on which it was recorded, if anybody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observer_name: Option<&'a str>,
    /// Whether it is said to have been seen later than this phone's clock says now: some clock was
    /// wrong.
    pub is_ahead: bool,
    /// The moment that the list is ordered by, in milliseconds since 1970: when it was seen, but no
    /// later than it can have been.
    pub listed_ms: i64,
    /// Files of it that are on this phone and that no laptop holds.
    pub media_waiting: usize,
}

/// All records, or a part of them, or those that changed since an earlier listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Listing<'a> {
    /// To be given back for what follows, and for what changes from now on.
    pub token: String,
    /// Whether this begins the list anew, rather than going on with an earlier listing.
    pub whole: bool,
    /// Whether records follow that this listing had no room for, and none before it.
    pub more: bool,
    /// How many records are shown in all.
    pub total: usize,
    /// Records as they are now, highest `listed_ms` first: those that changed, and the next ones.
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
            names: BTreeMap::new(),
            begun_by: BTreeMap::new(),
            #[cfg(test)]
            looked: 0,
        }
    }

    /// Lists what changed since `token`, and up to `count_max` of the records that its listing had
    /// no room for; from the beginning if the token is not known. `now` is the phone's wall clock.
    pub fn list(
        &mut self,
        ledger: &mut Ledger,
        files: &mut Files,
        token: &str,
        count_max: usize,
        now: Timestamp,
    ) -> Listing<'_> {
        self.refresh(ledger, files, now);
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
            views: places.iter().filter_map(|(_, record)| self.shown(*record, now)).collect(),
            gone,
        }
    }

    /// How a shown record names a file.
    pub fn named(
        &mut self,
        ledger: &mut Ledger,
        files: &mut Files,
        hash: ContentHash,
        now: Timestamp,
    ) -> Option<MediaRef> {
        self.refresh(ledger, files, now);
        let record = self.naming.get(&hash)?.first()?;
        let media = &self.records.get(record)?.view.as_ref()?.media;
        media.iter().find(|media| media.hash == hash).cloned()
    }

    fn shown(&self, record: RecordId, now: Timestamp) -> Option<PhoneView<'_>> {
        let shown = self.records.get(&record)?;
        let view = shown.view.as_ref()?;
        let name = view.observer.and_then(|device| self.names.get(&device));
        Some(PhoneView {
            view,
            state: if shown.on_phone { RecordState::OnPhone } else { RecordState::OnLaptop },
            mine: shown.mine,
            observer_name: name.map(String::as_str),
            is_ahead: view.observed_at.is_ahead_of(now),
            listed_ms: shown.listed_at?.as_millis(),
            media_waiting: shown.media_waiting,
        })
    }

    fn place(&self, record: RecordId) -> Option<Place> {
        Some(place(self.records.get(&record)?.listed_at?, record))
    }

    fn refresh(&mut self, ledger: &mut Ledger, files: &mut Files, now: Timestamp) {
        let mut touched = ledger.take_touched();
        let mut renamed = BTreeSet::new();
        for &record in &touched {
            renamed.extend(self.look_again(ledger, record, now));
        }
        let begun = renamed.iter().filter_map(|device| self.begun_by.get(device)).flatten();
        touched.extend(begun);
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

    /// Computes a record's view anew. Says whose name it changed, if it is that of somebody who
    /// takes part.
    fn look_again(
        &mut self,
        ledger: &Ledger,
        record: RecordId,
        now: Timestamp,
    ) -> Option<DeviceId> {
        if let Some(place) = self.place(record) {
            self.order.remove(&place);
        }
        let Ok(view) = View::load(ledger.log(), record);
        let renamed = view.as_ref().and_then(Member::of_view).and_then(|member| {
            let before = self.names.insert(member.device, member.name.clone());
            (before != Some(member.name)).then_some(member.device)
        });
        let shown = self.records.entry(record).or_default();
        for media in shown.view.iter().flat_map(|view| &view.media) {
            if let Some(naming) = self.naming.get_mut(&media.hash) {
                naming.remove(&record);
            }
        }
        let observer = view.as_ref().and_then(|view| view.observer);
        shown.mine = observer == Some(ledger.log_writer().owner().device);
        shown.view = view.filter(|view| !view.deleted && view.kind.is_seen());
        shown.listed_at = shown.view.as_ref().map(|view| listed_at(ledger, view, now));
        if let Some(listed_at) = shown.listed_at {
            self.order.insert(place(listed_at, record));
        }
        for media in shown.view.iter().flat_map(|view| &view.media) {
            self.naming.entry(media.hash).or_default().insert(record);
        }
        if let Some(observer) = observer {
            self.begun_by.entry(observer).or_default().insert(record);
        }
        renamed
    }
}

/// When it was seen; of what is dated ahead, when it was known at the latest, and the beginning of
/// time where that is not known: a wrong clock does not stand on top for years.
fn listed_at(ledger: &Ledger, view: &View, now: Timestamp) -> Timestamp {
    if view.observed_at.is_ahead_of(now) {
        ledger.known_at(view.winner, now).unwrap_or(Timestamp::MIN)
    } else {
        view.observed_at.sort_at()
    }
}

fn is_on_phone(ledger: &Ledger, record: RecordId) -> bool {
    let Ok(heads) = ledger.log().heads(record);
    heads.into_iter().any(|head| {
        let Ok(place) = ledger.log().place(head);
        place.is_some_and(|place| place.seq > ledger.confirmed_seq(place.writer))
    })
}
