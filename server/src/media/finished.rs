//! Uploads that became files: who did not hear the answer to the last bytes asks for the upload once more.

use std::{collections::VecDeque, time::SystemTime};

use chasqui_shared::ContentHash;

use super::Owner;
use crate::limits;

/// The file that an upload became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its hash.
    pub hash: ContentHash,
    /// In bytes.
    pub length: u64,
}

/// The last [`limits::UPLOADS_FINISHED_MAX`] of them, oldest first, each for [`limits::UPLOAD_KEPT_TIME`].
///
/// In memory alone: after a restart such an upload is begun anew, and ends at once if it names its hash.
#[derive(Debug, Default)]
pub(super) struct FinishedUploads(VecDeque<Row>);

#[derive(Debug)]
struct Row {
    id: String,
    owner: Owner,
    finished: Finished,
    until: SystemTime,
}

impl FinishedUploads {
    /// Remembers what an upload became.
    pub fn add(&mut self, owner: Owner, id: &str, finished: Finished, now: SystemTime) {
        if self.0.len() >= limits::UPLOADS_FINISHED_MAX {
            self.0.pop_front();
        }
        let until = now + limits::UPLOAD_KEPT_TIME;
        self.0.push_back(Row { id: id.to_owned(), owner, finished, until });
    }

    /// Forgets an upload, which is begun anew.
    pub fn forget(&mut self, id: &str) {
        self.0.retain(|row| row.id != id);
    }

    /// What an upload of this owner became.
    pub fn find(&self, owner: Owner, id: &str, now: SystemTime) -> Option<Finished> {
        let row = self.0.iter().find(|row| row.id == id && row.owner == owner)?;
        (row.until > now).then_some(row.finished)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use chasqui_shared::DeviceId;

    use super::*;

    const FILE: Finished = Finished { hash: ContentHash([7; 32]), length: 11 };
    const OWNER: Owner = Some(DeviceId([1; 32]));

    #[test]
    fn what_an_upload_became_is_told_to_its_owner_alone() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", FILE, UNIX_EPOCH);
        assert_eq!(list.find(OWNER, "an id", UNIX_EPOCH), Some(FILE));
        assert_eq!(list.find(OWNER, "another", UNIX_EPOCH), None);
        assert_eq!(list.find(Some(DeviceId([2; 32])), "an id", UNIX_EPOCH), None);
        assert_eq!(list.find(None, "an id", UNIX_EPOCH), None);
    }

    #[test]
    fn it_is_remembered_for_a_time() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", FILE, UNIX_EPOCH);
        let end = UNIX_EPOCH + limits::UPLOAD_KEPT_TIME;
        assert_eq!(list.find(OWNER, "an id", end - Duration::from_secs(1)), Some(FILE));
        assert_eq!(list.find(OWNER, "an id", end), None);
    }

    #[test]
    fn so_many_are_remembered_and_then_the_oldest_goes() {
        let mut list = FinishedUploads::default();
        let mut finish = |id: usize| list.add(OWNER, &id.to_string(), FILE, UNIX_EPOCH);
        (0..limits::UPLOADS_FINISHED_MAX).for_each(&mut finish);
        let is_there = |list: &FinishedUploads, id: usize| {
            list.find(OWNER, &id.to_string(), UNIX_EPOCH).is_some()
        };
        assert!(is_there(&list, 0));
        list.add(OWNER, &limits::UPLOADS_FINISHED_MAX.to_string(), FILE, UNIX_EPOCH);
        assert!(!is_there(&list, 0));
        assert!(is_there(&list, 1) && is_there(&list, limits::UPLOADS_FINISHED_MAX));
    }

    #[test]
    fn one_that_is_begun_anew_is_forgotten() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", FILE, UNIX_EPOCH);
        list.add(OWNER, "another", FILE, UNIX_EPOCH);
        list.forget("an id");
        assert_eq!(list.find(OWNER, "an id", UNIX_EPOCH), None);
        assert_eq!(list.find(OWNER, "another", UNIX_EPOCH), Some(FILE));
    }
}
