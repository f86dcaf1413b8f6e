//! `GET /api/v1/peers`: each log that is not this laptop's, how much of it arrived, and what its
//! side still lacks.

use std::{cmp::Reverse, collections::BTreeMap};

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chasqui_shared::{DeviceId, LogOwner, LogView, Member, Position, Role, Timestamp, WriterId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{app::App, error::ApiError, observations::sought::wrong, wire::Params},
    limits,
    store::{LastSync, ReadLog, StoreError},
};

/// One log that was seen here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Peer {
    /// The log.
    pub(in crate::http) writer: WriterId,
    /// Whose log it is; before any of its entries arrived, the paired device that asked as its
    /// owner.
    #[schema(required)]
    pub(in crate::http) device: Option<DeviceId>,
    /// Who holds the device, as its member record says.
    #[schema(required)]
    pub(in crate::http) name: Option<String>,
    /// The role in which its last version was written.
    pub(in crate::http) role: Role,
    /// When its side last asked for anything.
    #[schema(required)]
    pub(in crate::http) last_seen: Option<Timestamp>,
    /// Entries of it that are held here.
    pub(in crate::http) received: u64,
    /// The highest seq that its side named, or that is held.
    pub(in crate::http) announced: u64,
    /// Entries that were named and are not here.
    pub(in crate::http) missing: u64,
    /// Entries of other logs that its side was known to hold when it last asked.
    pub(in crate::http) pulled: u64,
    /// Its clock minus this laptop's, in milliseconds, when it last told its time.
    #[schema(required)]
    pub(in crate::http) clock_offset_ms: Option<i64>,
    /// Entries of other logs that it lacks, as far as is known.
    pub(in crate::http) lacking: u64,
}

/// The query of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PeersParams {
    /// The log after which the page begins, as the `Link` of the page before says.
    after: Option<String>,
    /// Logs of a page; 1,000 if absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// Lists the logs of others, those first whose side asked last. Where there are more than a page
/// has, `Link` names the next.
#[utoipa::path(
    get,
    path = "/api/v1/peers",
    operation_id = "list_peers",
    params(PeersParams),
    responses((status = 200, description = "The logs of others", body = Vec<Peer>))
)]
pub async fn peers(
    State(app): State<App>,
    Params(params): Params<PeersParams>,
) -> Result<Response, ApiError> {
    let limit = params.limit.unwrap_or(limits::PEERS_MAX);
    if !(1..=limits::PEERS_MAX).contains(&limit) {
        return Err(wrong(format!("limit is from 1 to {}", limits::PEERS_MAX)));
    }
    let after = params
        .after
        .as_deref()
        .map(|text| WriterId::from_hex(text).ok_or_else(|| wrong("after is not the id of a log")));
    let after = after.transpose()?;
    let meetings = app.store.meetings();
    let own = app.store.committed().owner.device;
    let (peers, is_more) =
        app.store.read(move |view| page_of(view, &meetings, own, after, limit)).await?;
    let next = peers
        .last()
        .filter(|_| is_more)
        .map(|last| format!("</api/v1/peers?after={}&limit={limit}>; rel=\"next\"", last.writer));
    let mut response = Json(peers).into_response();
    if let Some(next) = next.and_then(|next| HeaderValue::from_str(&next).ok()) {
        response.headers_mut().insert(header::LINK, next);
    }
    Ok(response)
}

/// The logs of others that are held or were met, the last seen first.
pub fn peers_of(
    view: &ReadLog,
    meetings: &BTreeMap<WriterId, LastSync>,
    own: DeviceId,
) -> Result<Vec<Peer>, StoreError> {
    Ok(page_of(view, meetings, own, None, usize::MAX)?.0)
}

/// A page of them after this log, and whether there are more.
fn page_of(
    view: &ReadLog,
    meetings: &BTreeMap<WriterId, LastSync>,
    own: DeviceId,
    after: Option<WriterId>,
    limit: usize,
) -> Result<(Vec<Peer>, bool), StoreError> {
    let mut logs: BTreeMap<_, _> =
        meetings.keys().map(|writer| (*writer, (None, Position::START))).collect();
    logs.extend(view.logs()?.into_iter().map(|(owner, at)| (owner.writer(), (Some(owner), at))));
    logs.retain(|_, (owner, _)| owner.is_none_or(|owner| owner.device != own));
    let last_seen = |writer: &WriterId| meetings.get(writer).map(|meeting| meeting.at);
    let mut order: Vec<_> = logs.keys().copied().collect();
    order.sort_by_key(|writer| (Reverse(last_seen(writer)), *writer));
    let begin = after.and_then(|after| order.iter().position(|writer| *writer == after));
    let rest = &order[begin.map_or(0, |at| at + 1)..];
    let page = rest.iter().take(limit).map(|writer| {
        let (owner, at) = logs[writer];
        peer(view, *writer, owner, at, meetings.get(writer))
    });
    Ok((page.collect::<Result<_, _>>()?, rest.len() > limit))
}

fn peer(
    view: &ReadLog,
    writer: WriterId,
    owner: Option<LogOwner>,
    at: Position,
    meeting: Option<&LastSync>,
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
    Ok(Member::load(view, device)?.map(|member| member.name))
}

fn last_role(view: &ReadLog, writer: WriterId, at: Position) -> Result<Role, StoreError> {
    let last = view.entry(writer, at.seq)?;
    let version = last.and_then(|logged| logged.entry.version.decode().ok());
    Ok(version.map_or(Role::Monitor, |version| version.role))
}
