//! `GET /api/v1/devices`: each device once: who has it, what it recorded, and what of that has
//! arrived.

use std::{cmp::Reverse, collections::BTreeMap};

use axum::{Json, extract::State};
use chasqui_shared::{DeviceId, Role, Timestamp, WriterId};
use serde::Serialize;
use utoipa::ToSchema;

use super::peers::{Peer, peers_of};
use crate::{
    http::{access::pairings::item::PairingItem, app::App, error::ApiError},
    project::contributions::{ByDevice, Contribution, FileCount},
    store::StoreError,
};

/// How a device stands: what it told this laptop that it has, against what is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(rename_all = "snake_case")]
pub enum Standing {
    /// It never told what it has, and nothing is known to be missing.
    Unknown,
    /// Entries that it told of, or files that its records name, are not here.
    Missing,
    /// Everything that it had told of by `told_at` is here.
    Complete,
}

/// Entries of a device's own logs: each is an observation or a later change of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryCount {
    /// Those that are here.
    here: u64,
    /// Those that the device told of and that are not here.
    missing: u64,
}

/// Files that records name, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedFiles {
    /// All of them.
    named: u64,
    /// Those that are here.
    here: u64,
}

/// One device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceRow {
    /// Its key; null as long as nobody knows whose log `writer` is.
    #[schema(required)]
    device: Option<DeviceId>,
    /// Its logs that were seen here.
    writers: Vec<WriterId>,
    /// Who has it, as the pairing or else the member record says.
    #[schema(required)]
    name: Option<String>,
    /// What it may do: here, or else as its last version says.
    role: Role,
    /// Its pairing; null if it was not paired here.
    #[schema(required)]
    pairing: Option<PairingItem>,
    /// When it last asked for anything.
    #[schema(required)]
    seen_at: Option<Timestamp>,
    /// When it last told how much it has.
    #[schema(required)]
    told_at: Option<Timestamp>,
    /// Its clock minus this laptop's, in milliseconds, when it last told its time.
    #[schema(required)]
    clock_offset_ms: Option<i64>,
    /// How it stands.
    standing: Standing,
    /// Observations and tracks that it began and that are here.
    observations: u64,
    /// Entries of its logs.
    entries: EntryCount,
    /// Photos that it was the first to name.
    photos: NamedFiles,
    /// Other files that it was the first to name.
    other_files: NamedFiles,
    /// Bytes of its files that are not here, as their records say.
    missing_bytes: u64,
    /// Entries of other logs that it lacks, as far as is known.
    lacking: u64,
}

/// Lists the devices.
#[utoipa::path(
    get,
    path = "/api/v1/devices",
    operation_id = "list_devices",
    responses((status = 200, description = "Each device once, the last seen first", body = Vec<DeviceRow>))
)]
pub async fn devices(State(app): State<App>) -> Result<Json<Vec<DeviceRow>>, ApiError> {
    let (media, contributions) = (app.media.clone(), app.contributions.clone());
    let (pairings, meetings) = (app.store.pairings(), app.store.meetings());
    let own = app.store.device();
    let (peers, counted, aside) = app
        .store
        .read(move |view| {
            let peers = peers_of(view, &meetings, own)?;
            let aside = view.aside().clone();
            Ok::<_, StoreError>((peers, contributions.of(view, media.blobs())?, aside))
        })
        .await?;
    let pairings = pairings
        .into_iter()
        .map(|(device, row)| PairingItem::of(device, row, aside.contains(&device)));
    let mut rows = rows(pairings.collect(), peers, &counted);
    rows.retain(|row| row.device != Some(own));
    Ok(Json(rows))
}

/// Joins what is known by device. A log is of a device of its own as long as nobody knows whose it
/// is.
fn rows(pairings: Vec<PairingItem>, peers: Vec<Peer>, counted: &ByDevice) -> Vec<DeviceRow> {
    let mut by_device: BTreeMap<DeviceId, DeviceRow> = BTreeMap::new();
    let mut rows = Vec::new();
    for pairing in pairings {
        let row = DeviceRow::new(Some(pairing.device));
        let (name, role) = (Some(pairing.name.clone()), pairing.role);
        let row = DeviceRow { name, role, seen_at: pairing.seen_at, ..row };
        by_device.insert(pairing.device, DeviceRow { pairing: Some(pairing), ..row });
    }
    for peer in peers {
        match peer.device {
            Some(device) => {
                let row = by_device.entry(device);
                row.or_insert_with(|| DeviceRow::new(Some(device))).add(peer);
            }
            None => {
                let mut row = DeviceRow::new(None);
                row.add(peer);
                rows.push(row);
            }
        }
    }
    for (&device, contribution) in counted {
        let row = by_device.entry(device).or_insert_with(|| DeviceRow::new(Some(device)));
        row.count(*contribution);
    }
    rows.extend(by_device.into_values());
    for row in &mut rows {
        row.standing = row.stands();
    }
    rows.sort_by_key(|row| (Reverse(row.seen_at), row.device));
    rows
}

impl DeviceRow {
    fn new(device: Option<DeviceId>) -> Self {
        Self {
            device,
            writers: Vec::new(),
            name: None,
            role: Role::Monitor,
            pairing: None,
            seen_at: None,
            told_at: None,
            clock_offset_ms: None,
            standing: Standing::Unknown,
            observations: 0,
            entries: EntryCount::default(),
            photos: NamedFiles::default(),
            other_files: NamedFiles::default(),
            missing_bytes: 0,
            lacking: 0,
        }
    }

    /// Adds one log of the device. What it lacks and its clock are those of the last time it told
    /// anything.
    fn add(&mut self, peer: Peer) {
        self.writers.push(peer.writer);
        self.name = self.name.take().or(peer.name);
        self.entries.here += peer.received;
        self.entries.missing += peer.missing;
        self.seen_at = self.seen_at.max(peer.last_seen);
        if peer.last_seen >= self.told_at {
            self.told_at = peer.last_seen;
            self.lacking = peer.lacking;
            self.clock_offset_ms = peer.clock_offset_ms.or(self.clock_offset_ms);
            self.role = peer.role;
        }
        if let Some(pairing) = &self.pairing {
            self.role = pairing.role;
        }
    }

    fn count(&mut self, of: Contribution) {
        self.observations = of.observations;
        self.photos = of.photos.into();
        self.other_files = of.others.into();
        self.missing_bytes = of.missing_bytes;
    }

    fn stands(&self) -> Standing {
        let lacks = |files: NamedFiles| files.here < files.named;
        if self.entries.missing > 0 || lacks(self.photos) || lacks(self.other_files) {
            Standing::Missing
        } else if self.told_at.is_none() {
            Standing::Unknown
        } else {
            Standing::Complete
        }
    }
}

impl From<FileCount> for NamedFiles {
    fn from(FileCount { named, here }: FileCount) -> Self {
        Self { named, here }
    }
}

#[cfg(test)]
mod tests;
