//! Whether this phone's clock and the laptop's say the same. Nothing is ordered by either; but a
//! phone whose clock is years off trusts no certificate, and what it records carries a wrong day.

use chasqui_shared::{Hello, Timestamp};

use super::{
    Network,
    told::{Clocks, Told},
};
use crate::{host::Host, laptops::laptop::Laptop, limits::CLOCK_OFF_MS_MIN, storage::disk::Disk};

impl<D: Disk, T, H: Host> Network<D, T, H> {
    /// A laptop that let this phone in has just said what time it is there.
    pub(super) fn note_clock(&self, hello: &Hello) {
        let before = self.clocks(None).is_some();
        let told = Told { time: hello.time, at_ms: self.host.now_ms() };
        self.told.set(Some(told));
        if before != self.clocks(None).is_some() {
            self.host.changed();
        }
    }

    /// What the laptop's clock says now, if that is known.
    pub fn laptop_clock(&self) -> Option<Timestamp> {
        self.told.get().map(|told| told.time_at(self.host.now_ms()))
    }

    /// Both clocks, if they differ. Without a word of a laptop since the start, those of the one
    /// that was `met` last count: time has passed since, and a phone that is before it went back.
    pub fn clocks(&self, met: Option<&Laptop>) -> Option<Clocks> {
        let phone = self.host.wall_clock();
        let apart_ms = |laptop: Timestamp| laptop.as_millis().saturating_sub(phone.as_millis());
        if let Some(laptop) = self.laptop_clock() {
            let is_off = apart_ms(laptop).unsigned_abs() > CLOCK_OFF_MS_MIN;
            return is_off.then_some(Clocks { phone, laptop, is_now: true });
        }
        let laptop = met?.time?;
        let went_back = u64::try_from(apart_ms(laptop)).is_ok_and(|ms| ms > CLOCK_OFF_MS_MIN);
        went_back.then_some(Clocks { phone, laptop, is_now: false })
    }
}
