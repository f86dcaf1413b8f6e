//! Whether a phone works far from the laptop, as the phone itself found out.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// One thing that a phone checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// The phone could not find out, or the person was not asked yet.
    #[default]
    Unknown,
}

/// `POST /api/v1/readiness`: what a phone found when it checked itself. The laptop shows it to the
/// manager and decides nothing by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Readiness {
    /// The app opens without the laptop: its service worker is active and every file of the app is
    /// stored.
    pub app_kept: Check,
    /// The browser promised not to remove what the phone stores.
    pub storage_persistent: Check,
    /// The base map is stored.
    pub map_kept: Check,
    /// The person allowed the app to read the position.
    pub gps_allowed: Check,
    /// The person allowed the app to use the camera.
    pub camera_allowed: Check,
    /// The phone's clock agrees with the laptop's.
    pub clock_right: Check,
    /// There is enough space for photos.
    pub space_enough: Check,
    /// Bytes that the browser still gives the app, if it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_bytes: Option<u64>,
    /// When the phone checked, by its own clock.
    pub checked_at: Timestamp,
}

impl Readiness {
    /// All checks, in the order in which they are shown.
    pub const fn checks(&self) -> [Check; 7] {
        [
            self.app_kept,
            self.storage_persistent,
            self.map_kept,
            self.gps_allowed,
            self.camera_allowed,
            self.clock_right,
            self.space_enough,
        ]
    }

    /// Whether every check is [`Check::Yes`].
    pub fn is_ready(&self) -> bool {
        self.checks().iter().all(|check| *check == Check::Yes)
    }

    /// Whether another report says the same, whenever it was made and whatever number of bytes is
    /// free.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.checks() == other.checks()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Readiness = Readiness {
        app_kept: Check::Yes,
        storage_persistent: Check::Yes,
        map_kept: Check::Yes,
        gps_allowed: Check::Yes,
        camera_allowed: Check::Yes,
        clock_right: Check::Yes,
        space_enough: Check::Yes,
        free_bytes: Some(3_200_000_000),
        checked_at: Timestamp::MIN,
    };

    #[test]
    fn a_phone_is_ready_only_if_every_check_is_yes() {
        assert!(READY.is_ready());
        let spoiled: [fn(&mut Readiness, Check); 7] = [
            |report, check| report.app_kept = check,
            |report, check| report.storage_persistent = check,
            |report, check| report.map_kept = check,
            |report, check| report.gps_allowed = check,
            |report, check| report.camera_allowed = check,
            |report, check| report.clock_right = check,
            |report, check| report.space_enough = check,
        ];
        for spoil in spoiled {
            for check in [Check::No, Check::Unknown] {
                let mut report = READY;
                spoil(&mut report, check);
                assert!(!report.is_ready());
                assert!(!report.says_the_same(&READY));
            }
        }
    }

    #[test]
    fn a_later_report_with_other_bytes_free_says_the_same() {
        let later = Readiness {
            free_bytes: None,
            checked_at: Timestamp::from_millis(1_700_000_000_000),
            ..READY
        };
        assert!(later.says_the_same(&READY));
    }

    #[test]
    fn an_unknown_field_or_word_is_refused() {
        let json = serde_json::to_value(READY).unwrap();
        assert_eq!(serde_json::from_value::<Readiness>(json.clone()).unwrap(), READY);
        let mut more = json.clone();
        more["more"] = 1.into();
        assert!(serde_json::from_value::<Readiness>(more).is_err());
        let mut word = json;
        word["app_kept"] = "perhaps".into();
        assert!(serde_json::from_value::<Readiness>(word).is_err());
    }
}
