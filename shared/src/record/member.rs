//! Who takes part in a project, as records that sync like all others.

use std::collections::BTreeMap;

use super::{
    draft::Draft,
    version::{Answer, Kind, Role, Version},
    view::View,
};
use crate::id::{DeviceId, RecordId};

/// The answer that holds the member's device, as lower-case hex.
const DEVICE: &str = "device";
/// The answer that is there, and true, where the device's records are set aside.
const ASIDE: &str = "aside";
/// The category of a member who may delete, resolve and name others.
const MANAGER: &str = "manager";
/// The category of a member who records and edits.
const MONITOR: &str = "monitor";

/// A device of the project: who holds it, and what it may do.
///
/// Written by a manager when the device is paired, as a record of kind [`Kind::Member`]. A device
/// that a manager once named manager stays one for judging versions: there is no order in time that
/// all replicas could agree on. What a revoked device loses is its way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The device.
    pub device: DeviceId,
    /// What it may do.
    pub role: Role,
    /// The person who holds it, or the laptop's name.
    pub name: String,
    /// Whether a manager set its records aside: what it wrote about what was seen is kept, synced
    /// and exported, and neither listed nor counted, until a manager takes that back.
    pub is_aside: bool,
}

impl Member {
    /// The record that describes a device: the first 16 bytes of BLAKE3("chasqui member 1" ‖
    /// device).
    pub fn record(device: DeviceId) -> RecordId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"chasqui member 1").update(&device.0);
        let mut record = [0; RecordId::WIDTH];
        record.copy_from_slice(&hasher.finalize().as_bytes()[..RecordId::WIDTH]);
        RecordId(record)
    }

    /// The fields of the record.
    pub fn draft(&self) -> Draft {
        let role = match self.role {
            Role::Manager => MANAGER,
            Role::Monitor => MONITOR,
        };
        let mut answers = BTreeMap::from([(DEVICE.into(), Answer::Text(self.device.to_string()))]);
        if self.is_aside {
            answers.insert(ASIDE.into(), Answer::Boolean(true));
        }
        Draft {
            kind: Kind::Member,
            category: role.into(),
            note: self.name.clone(),
            answers,
            ..Draft::default()
        }
    }

    /// Reads a member from what is shown of its record; `None` if it is about something else.
    pub fn of_view(view: &View) -> Option<Self> {
        Self::read(view.kind, view.record, &view.category, &view.answers, &view.note)
    }

    /// What a version says, if it is a member's record.
    pub fn named_by(version: &Version) -> Option<Self> {
        let Version { kind, record, category, answers, note, .. } = version;
        Self::read(*kind, *record, category, answers, note)
    }

    /// The device that this version, if it is a manager's, makes a manager.
    pub fn manager_named_by(version: &Version) -> Option<DeviceId> {
        Self::named_by(version)
            .filter(|named| named.role == Role::Manager && version.role == Role::Manager)
            .map(|named| named.device)
    }

    fn read(
        kind: Kind,
        record: RecordId,
        category: &str,
        answers: &BTreeMap<String, Answer>,
        name: &str,
    ) -> Option<Self> {
        let Some(Answer::Text(device)) = answers.get(DEVICE) else { return None };
        let device = DeviceId::from_hex(device)?;
        let role = match category {
            MANAGER => Role::Manager,
            MONITOR => Role::Monitor,
            _ => return None,
        };
        let fits = kind == Kind::Member && record == Self::record(device);
        let is_aside = answers.get(ASIDE) == Some(&Answer::Boolean(true));
        fits.then(|| Self { device, role, name: name.into(), is_aside })
    }
}
