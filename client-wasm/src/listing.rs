//! What people see of all records: computed from the log, remembered until a record's heads change.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_shared::{ContentHash, History, LogView, MediaRef, RecordId, View};
use serde::Serialize;

use crate::{files::Files, ledger::Ledger};

/// Views of records, kept up to date lazily.
pub struct Shelf {
    edition: u64,
    revision: u64,
    records: BTreeMap<RecordId, Shown>,
    /// Records that have a head which no laptop has confirmed.
    on_phone: BTreeSet<RecordId>,
    /// How many files of records no laptop holds, where there are any.
    media_waiting: BTreeMap<RecordId, usize>,
}

struct Shown {
    /// `None` when it was deleted, or is no record of what was seen.
    view: Option<View>,
    mine: bool,
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

/// All records, or those that changed since an earlier listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing<'a> {
    /// To be given back for what changes from now on.
    pub token: String,
    /// Whether `views` is all there is, newest `observed_at` first, rather than what changed.
    pub whole: bool,
    /// Records as they are now.
    pub views: Vec<PhoneView<'a>>,
    /// Records that are no longer shown.
    pub gone: Vec<RecordId>,
}

impl Shelf {
    /// An empty shelf. Tokens of other editions mean nothing to it.
    pub fn new(edition: u64) -> Self {
        let (records, on_phone) = (BTreeMap::new(), BTreeSet::new());
        Self { edition, revision: 0, records, on_phone, media_waiting: BTreeMap::new() }
    }

    /// Lists what changed since `token`, or everything if the token is not known.
    pub fn list(&mut self, ledger: &mut Ledger, files: &Files, token: &str) -> Listing<'_> {
        self.refresh(ledger, files);
        let since = self.revision_of(token);
        let mut listing = Listing {
            token: format!("{:x}.{}", self.edition, self.revision),
            whole: since.is_none(),
            views: Vec::new(),
            gone: Vec::new(),
        };
        for (record, shown) in &self.records {
            if since.is_some_and(|since| shown.revision <= since) {
                continue;
            }
            match &shown.view {
                Some(view) => {
                    let state = if self.on_phone.contains(record) {
                        RecordState::OnPhone
                    } else {
                        RecordState::OnLaptop
                    };
                    let media_waiting = self.media_waiting.get(record).copied().unwrap_or(0);
                    let mine = shown.mine;
                    listing.views.push(PhoneView { view, state, mine, media_waiting });
                }
                None if since.is_some() => listing.gone.push(*record),
                None => {}
            }
        }
        listing
            .views
            .sort_by_key(|shown| (std::cmp::Reverse(shown.view.observed_at), shown.view.record));
        listing
    }

    /// How a shown record names a file.
    pub fn named(
        &mut self,
        ledger: &mut Ledger,
        files: &Files,
        hash: ContentHash,
    ) -> Option<MediaRef> {
        self.refresh(ledger, files);
        let views = self.records.values().filter_map(|shown| shown.view.as_ref());
        views.flat_map(|view| &view.media).find(|media| media.hash == hash).cloned()
    }

    fn refresh(&mut self, ledger: &mut Ledger, files: &Files) {
        let touched = ledger.take_touched();
        let next = self.revision + 1;
        for &record in &touched {
            let mine = self.records.get(&record).is_some_and(|shown| shown.mine);
            let (view, began_here) = view_of(ledger, record, mine);
            self.records.insert(record, Shown { view, mine: began_here, revision: next });
        }
        let mut changed = !touched.is_empty();
        let before = std::mem::take(&mut self.on_phone);
        for &record in before.union(&touched) {
            if is_on_phone(ledger, record) {
                self.on_phone.insert(record);
            } else if before.contains(&record)
                && let Some(shown) = self.records.get_mut(&record)
            {
                shown.revision = next;
                changed = true;
            }
        }
        changed |= self.count_media(files, &touched, next);
        if changed {
            self.revision = next;
        }
    }

    /// Counts the waiting files of the records that changed, and of those that had any. Says whether that shows.
    fn count_media(&mut self, files: &Files, touched: &BTreeSet<RecordId>, next: u64) -> bool {
        let before = std::mem::take(&mut self.media_waiting);
        let counted: BTreeSet<_> = before.keys().chain(touched).copied().collect();
        let mut changed = false;
        for record in counted {
            let Some(shown) = self.records.get_mut(&record) else { continue };
            let media = shown.view.iter().flat_map(|view| &view.media);
            let waiting = media.filter(|media| files.is_waiting(media.hash)).count();
            if waiting != before.get(&record).copied().unwrap_or(0) {
                shown.revision = next;
                changed = true;
            }
            if waiting > 0 {
                self.media_waiting.insert(record, waiting);
            }
        }
        changed
    }

    fn revision_of(&self, token: &str) -> Option<u64> {
        let (edition, revision) = token.split_once('.')?;
        let known = u64::from_str_radix(edition, 16) == Ok(self.edition);
        revision.parse().ok().filter(|revision| known && *revision <= self.revision)
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
