//! `GET /api/v1/peers`: each log that is not this laptop's, how much of it arrived, and what its side still lacks.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Json, extract::State};
use chasqui_shared::{
    DeviceId, History, LogOwner, LogView, Member, Position, Role, Timestamp, View, WriterId,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, App};
use crate::{
    schema,
    store::{Meeting, ReadLog, StoreError},
};

/// One log that was seen here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Peer {
    /// The log.
    #[schema(value_type = schema::WriterId)]
    pub(super) writer: WriterId,
    /// Whose log it is; before any of its entries arrived, the paired device that asked as its owner.
    #[schema(value_type = Option<schema::DeviceId>, required)]
    pub(super) device: Option<DeviceId>,
    /// Who holds the device, as its member record says.
    #[schema(required)]
    pub(super) name: Option<String>,
    /// The role in which its last version was written.
    #[schema(value_type = schema::Role)]
    pub(super) role: Role,
    /// When its side last asked for anything.
    #[schema(value_type = Option<schema::Timestamp>, required)]
    pub(super) last_seen: Option<Timestamp>,
    /// Entries of it that are held here.
    pub(super) received: u64,
    /// The highest seq that its side named, or that is held.
    pub(super) announced: u64,
    /// Entries that were named and are not here.
    pub(super) missing: u64,
    /// Entries of other logs that its side was known to hold when it last asked.
    pub(super) pulled: u64,
    /// Its clock minus this laptop's, in milliseconds, when it last told its time.
    #[schema(required)]
    pub(super) clock_offset_ms: Option<i64>,
    /// Entries of other logs that it lacks, as far as is known.
    pub(super) lacking: u64,
}

/// Lists the logs of others.
#[utoipa::path(
    get,
    path = "/api/v1/peers",
    operation_id = "list_peers",
    responses((status = 200, description = "The logs of others", body = Vec<Peer>))
)]
pub async fn peers(State(app): State<App>) -> Result<Json<Vec<Peer>>, ApiError> {
    let meetings = app.store.meetings();
    let own = app.store.committed().owner.device;
    Ok(Json(app.store.read(move |view| peers_of(view, &meetings, own)).await?))
}

/// The logs of others that are held or were met, the last seen first.
pub fn peers_of(
    view: &ReadLog,
    meetings: &BTreeMap<WriterId, Meeting>,
    own: DeviceId,
) -> Result<Vec<Peer>, StoreError> {
    let logs = view.logs()?;
    let held: BTreeSet<_> = logs.iter().map(|(owner, _)| owner.writer()).collect();
    let only_met = meetings.iter().filter(|(writer, _)| !held.contains(writer));
    let mut peers: Vec<_> = only_met
        .map(|(&writer, meeting)| peer(view, writer, None, Position::START, Some(meeting)))
        .collect::<Result<_, _>>()?;
    for (owner, at) in logs.into_iter().filter(|(owner, _)| owner.device != own) {
        let writer = owner.writer();
        peers.push(peer(view, writer, Some(owner), at, meetings.get(&writer))?);
    }
    peers.sort_by_key(|peer| (std::cmp::Reverse(peer.last_seen), peer.writer));
    Ok(peers)
}

fn peer(
    view: &ReadLog,
    writer: WriterId,
    owner: Option<LogOwner>,
    at: Position,
    meeting: Option<&Meeting>,
) -> Result<Peer, StoreError> {
    let announced = meeting.map_or(0, |meeting| meeting.announced).max(at.seq);
    let pulled = meeting.map_or(0, |meeting| meeting.pulled);
    let device = owner.map(|owner| owner.device).or(meeting.and_then(|meeting| meeting.device));
    Ok(Peer {
        writer,
        device,
        name: match device {
            Some(device) => member_name(view, device)?,
            None => None,
        },
        role: last_role(view, writer, at)?,
        last_seen: meeting.map(|meeting| meeting.at),
        received: at.seq,
        announced,
        missing: announced - at.seq,
        pulled,
        clock_offset_ms: meeting.and_then(|meeting| meeting.clock_offset_ms),
        lacking: (view.counts().entries - at.seq).saturating_sub(pulled),
    })
}

/// What the project calls whoever holds a device.
fn member_name(view: &ReadLog, device: DeviceId) -> Result<Option<String>, StoreError> {
    let shown = View::of(&History::load(view, Member::record(device))?);
    Ok(shown.as_ref().and_then(Member::of_view).map(|member| member.name))
}

fn last_role(view: &ReadLog, writer: WriterId, at: Position) -> Result<Role, StoreError> {
    let last = view.entry(writer, at.seq)?;
    let version = last.and_then(|logged| logged.entry.version.decode().ok());
    Ok(version.map_or(Role::Monitor, |version| version.role))
}
