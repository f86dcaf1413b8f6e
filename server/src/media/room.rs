//! How much room the disk has for files, and whether that is too little.

use std::{
    io,
    path::Path,
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use super::{owner::Owner, uploads::Promised};
use crate::limits;

/// The files' part of a disk.
#[derive(Debug)]
pub(super) struct Room {
    reserve_bytes: u64,
    /// What did not fit last, and when that was.
    refused: Mutex<Option<(u64, SystemTime)>>,
}

impl Room {
    /// Leaves so much of the disk free.
    pub fn new(reserve_bytes: u64) -> Self {
        Self { reserve_bytes, refused: Mutex::new(None) }
    }

    /// Bytes for files on the disk of `directory`, which need not be there yet.
    pub fn bytes(&self, directory: &Path) -> io::Result<u64> {
        let there = directory.ancestors().find(|directory| directory.is_dir());
        let free = fs4::available_space(there.unwrap_or(directory))?;
        Ok(free.saturating_sub(self.reserve_bytes))
    }

    /// Whether so many bytes of this owner fit besides those that were promised.
    ///
    /// What was announced and did not come is no used room: of a device's promises only the first
    /// may be larger than [`limits::PROMISED_PART`] of the room, so that no device alone leaves
    /// none to others.
    pub fn fits(
        &self,
        directory: &Path,
        owner: Owner,
        promised: Promised,
        bytes: u64,
        now: SystemTime,
    ) -> io::Result<bool> {
        let room = self.bytes(directory)?;
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if room < bytes {
            *refused = Some((bytes, now));
            return Ok(false);
        }
        if refused.is_some_and(|(wanted, _)| wanted <= bytes) {
            *refused = None;
        }
        let own = promised.own.saturating_add(bytes);
        let is_too_much = owner.is_some() && promised.own > 0 && own > room / limits::PROMISED_PART;
        Ok(!is_too_much && own.saturating_add(promised.others) <= room)
    }

    /// Whether nothing fits any more, or what was refused within [`limits::REFUSED_TIME`] still
    /// would be.
    pub fn is_full(&self, directory: &Path, now: SystemTime) -> io::Result<bool> {
        let room = self.bytes(directory)?;
        let refused = *self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let is_late =
            |at: SystemTime| now.duration_since(at).is_ok_and(|since| since < limits::REFUSED_TIME);
        let wanted = refused.filter(|(_, at)| is_late(*at)).map_or(1, |(bytes, _)| bytes.max(1));
        Ok(room < wanted)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use chasqui_shared::DeviceId;

    use super::*;

    const PHONE: Owner = Some(DeviceId([1; 32]));
    const NOTHING: Promised = Promised { own: 0, others: 0 };

    fn fits(room: &Room, promised: Promised, bytes: u64) -> bool {
        room.fits(Path::new("/"), PHONE, promised, bytes, UNIX_EPOCH).unwrap()
    }

    #[test]
    fn a_disk_without_room_is_full_and_one_with_room_is_not() {
        let at = Path::new("/");
        let full = Room::new(u64::MAX);
        assert_eq!(full.bytes(at).unwrap(), 0);
        assert!(full.is_full(at, UNIX_EPOCH).unwrap());
        assert!(!fits(&full, NOTHING, 1));
        let free = Room::new(0);
        assert!(!free.is_full(at, UNIX_EPOCH).unwrap());
        assert!(fits(&free, NOTHING, 1));
    }

    #[test]
    fn promises_leave_less_to_others_and_do_not_make_the_disk_full() {
        let room = Room::new(0);
        let others = Promised { own: 0, others: u64::MAX };
        assert!(!fits(&room, others, 1));
        assert!(!room.is_full(Path::new("/"), UNIX_EPOCH).unwrap());
    }

    #[test]
    fn of_a_devices_promises_only_the_first_may_be_most_of_the_room() {
        let room = Room::new(0);
        let free = room.bytes(Path::new("/")).unwrap();
        // Others use the disk as well: the sums keep away from the edges.
        let part = free / limits::PROMISED_PART;
        assert!(fits(&room, NOTHING, free / 2));
        let promised = |own| Promised { own, others: 0 };
        assert!(!fits(&room, promised(free / 2), 1));
        assert!(fits(&room, promised(1), part / 2));
        assert!(!fits(&room, promised(part / 2), part));
        let managers = room.fits(Path::new("/"), None, promised(part), part, UNIX_EPOCH);
        assert!(managers.unwrap(), "the manager at this machine may fill it");
    }

    #[test]
    fn a_file_that_did_not_fit_is_told_of_for_a_day_or_until_one_as_large_fits() {
        let at = Path::new("/");
        let free = Room::new(0).bytes(at).unwrap();
        // Half of the disk is kept free, so that the other half is less than what is wanted,
        // whatever others use.
        let room = Room::new(free / 2);
        assert!(!fits(&room, NOTHING, free));
        let last = UNIX_EPOCH + limits::REFUSED_TIME - Duration::from_secs(1);
        assert!(room.is_full(at, last).unwrap());
        assert!(!room.is_full(at, UNIX_EPOCH + limits::REFUSED_TIME).unwrap());
        assert!(fits(&room, NOTHING, 1));
        assert!(room.is_full(at, last).unwrap(), "a small one that fits says nothing");
        let room = Room { reserve_bytes: 0, ..room };
        *room.refused.lock().unwrap() = Some((free / 2, UNIX_EPOCH));
        assert!(fits(&room, NOTHING, free / 4 * 3));
        assert_eq!(*room.refused.lock().unwrap(), None, "one as large fits");
    }

    #[test]
    fn a_directory_that_is_not_there_yet_has_the_room_of_the_one_above() {
        let directory = tempfile::tempdir().unwrap();
        assert!(Room::new(0).bytes(&directory.path().join("not/yet")).unwrap() > 0);
    }
}
