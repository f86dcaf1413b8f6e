//! What the page found out about this phone, and which laptop knows it.

use std::collections::BTreeMap;

use chasqui_shared::{DeviceId, Readiness};

/// The last report, and what each laptop was told since the app started.
#[derive(Default)]
pub struct Report {
    latest: Option<Readiness>,
    told: BTreeMap<DeviceId, Readiness>,
}

impl Report {
    /// What this laptop is to be told, if it was not told the same.
    pub fn due(&self, laptop: DeviceId) -> Option<Readiness> {
        let told = self.told.get(&laptop);
        self.latest.filter(|latest| told.is_none_or(|told| !told.says_the_same(latest)))
    }

    /// A laptop was told so.
    pub fn note(&mut self, laptop: DeviceId, readiness: Readiness) {
        self.told.insert(laptop, readiness);
    }

    /// The page checked this phone. Says whether that is news.
    pub fn set(&mut self, readiness: Readiness) -> bool {
        let before = self.latest.replace(readiness);
        before.is_none_or(|before| !before.says_the_same(&readiness))
    }

    /// A laptop let this phone in anew: it may know nothing of it.
    pub fn forget(&mut self, laptop: DeviceId) {
        self.told.remove(&laptop);
    }
}
