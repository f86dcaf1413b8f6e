//! How much of this laptop one caller has at once, and all callers of a kind together.
//!
//! Kinds are apart: strangers, who are on the same wifi and were never let in, leave the places of
//! paired devices alone, and both leave those of the manager at this machine. Within a kind nobody
//! has more than a part. What is over is refused with `busy`; what a caller may have under way and
//! not be worked at at once waits for its own.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use chasqui_shared::{DeviceId, Role};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    access::{Access, Caller, Tried},
    http::error::ApiError,
    limits::{places as numbers, places::Numbers},
    system::wall_clock,
};

/// Who asks, as far as places go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// The manager at this machine.
    LocalManager,
    /// A manager's device.
    Manager(DeviceId),
    /// Any other device that was let in.
    Monitor(DeviceId),
    /// Somebody at this machine who did not say who it is.
    Local,
    /// Somebody else. Unknown addresses are one.
    Stranger(Option<IpAddr>),
}

/// What there is of everything.
#[derive(Debug)]
struct Room {
    under_way: Arc<Semaphore>,
    working: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    body_bytes: Arc<Semaphore>,
}

/// All places.
#[derive(Debug)]
pub struct Places {
    here: Room,
    managers: Room,
    monitors: Room,
    local: Room,
    strangers: Room,
    of_one: Mutex<HashMap<Asker, Arc<Room>>>,
}

/// The place of one request, from when it is let in until its answer is sent. A clone is the same
/// place.
#[derive(Clone, Debug)]
pub struct Place(Arc<Taken>);

#[derive(Debug)]
struct Taken {
    asker: Asker,
    of_one: Arc<Room>,
    of_kind: Room,
    _under_way: [OwnedSemaphorePermit; 2],
}

/// A part of something of which there is only so much; dropped, it is given back.
pub type Share = [OwnedSemaphorePermit; 2];

impl Asker {
    /// Who somebody is who is known as `caller` and comes from `peer`.
    pub fn of(access: &Access, caller: &Caller, peer: Option<IpAddr>) -> Self {
        match caller {
            Caller::LocalManager => Self::LocalManager,
            Caller::Device(paired) if paired.role == Role::Manager => Self::Manager(paired.device),
            Caller::Device(paired) => Self::Monitor(paired.device),
            Caller::Nobody if access.is_here(peer) => Self::Local,
            Caller::Nobody => Self::Stranger(peer.map(|peer| peer.to_canonical())),
        }
    }

    /// What it may have itself, and what all of its kind may.
    pub fn numbers(self) -> (Numbers, Numbers) {
        match self {
            Self::LocalManager => (numbers::HERE, numbers::HERE),
            Self::Manager(_) => (numbers::DEVICE, numbers::MANAGERS),
            Self::Monitor(_) => (numbers::DEVICE, numbers::MONITORS),
            Self::Local => (numbers::LOCAL, numbers::LOCAL),
            Self::Stranger(_) => (numbers::STRANGER, numbers::STRANGERS),
        }
    }

    /// Whether both are of one kind.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The device that was let in.
    pub fn device(self) -> Option<DeviceId> {
        match self {
            Self::Manager(device) | Self::Monitor(device) => Some(device),
            Self::LocalManager | Self::Local | Self::Stranger(_) => None,
        }
    }
}

impl Room {
    fn new(numbers: Numbers) -> Self {
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        Self {
            under_way: semaphore(numbers.under_way),
            working: semaphore(numbers.working),
            uploads: semaphore(numbers.uploads),
            streams: semaphore(numbers.streams),
            body_bytes: semaphore(numbers.body_bytes),
        }
    }

    /// The same room.
    fn share(&self) -> Self {
        Self {
            under_way: self.under_way.clone(),
            working: self.working.clone(),
            uploads: self.uploads.clone(),
            streams: self.streams.clone(),
            body_bytes: self.body_bytes.clone(),
        }
    }
}

impl Default for Places {
    fn default() -> Self {
        Self {
            here: Room::new(numbers::HERE),
            managers: Room::new(numbers::MANAGERS),
            monitors: Room::new(numbers::MONITORS),
            local: Room::new(numbers::LOCAL),
            strangers: Room::new(numbers::STRANGERS),
            of_one: Mutex::default(),
        }
    }
}

impl Places {
    /// A place for a request, if there is one.
    pub fn take(&self, asker: Asker) -> Option<Place> {
        let of_kind = match asker {
            Asker::LocalManager => &self.here,
            Asker::Manager(_) => &self.managers,
            Asker::Monitor(_) => &self.monitors,
            Asker::Local => &self.local,
            Asker::Stranger(_) => &self.strangers,
        }
        .share();
        let of_one = {
            let mut all = self.of_one.lock().unwrap_or_else(PoisonError::into_inner);
            // Who has nothing under way is known no more.
            if all.len() >= numbers::ASKERS_KEPT && !all.contains_key(&asker) {
                all.retain(|_, room| Arc::strong_count(room) > 1);
            }
            all.entry(asker).or_insert_with(|| Arc::new(Room::new(asker.numbers().0))).clone()
        };
        let _under_way = both(&of_one.under_way, &of_kind.under_way, 1)?;
        Some(Place(Arc::new(Taken { asker, of_one, of_kind, _under_way })))
    }
}

impl Place {
    /// Whose it is.
    pub fn asker(&self) -> Asker {
        self.0.asker
    }

    /// Waits until the caller's others are worked at no more. `None` if all callers of the kind
    /// leave nothing.
    pub async fn work(&self) -> Option<Share> {
        let of_one = self.0.of_one.working.clone().acquire_owned().await.ok()?;
        Some([of_one, self.0.of_kind.working.clone().try_acquire_owned().ok()?])
    }

    /// For one more file on its way in.
    pub fn upload(&self) -> Option<Share> {
        both(&self.0.of_one.uploads, &self.0.of_kind.uploads, 1)
    }

    /// For one more answer that is written while it is sent.
    pub fn stream(&self) -> Option<Share> {
        both(&self.0.of_one.streams, &self.0.of_kind.streams, 1)
    }

    /// For so many more bytes of a body.
    pub fn body(&self, bytes: usize) -> Option<Share> {
        both(&self.0.of_one.body_bytes, &self.0.of_kind.body_bytes, u32::try_from(bytes).ok()?)
    }
}

fn both(one: &Arc<Semaphore>, all: &Arc<Semaphore>, permits: u32) -> Option<Share> {
    let one = one.clone().try_acquire_many_owned(permits).ok()?;
    Some([one, all.clone().try_acquire_many_owned(permits).ok()?])
}

/// Tells a caller that there is too much of it.
pub fn crowded(access: &Access, asker: Asker) -> Response {
    tracing::debug!(?asker, "a caller asks for more than it gets at once");
    access.tried(Tried::Crowd, wall_clock::now());
    ApiError::busy().into_response()
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = ApiError;

    /// Given once, before the handler.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(ApiError::internal)
    }
}
