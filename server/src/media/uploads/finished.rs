//! Uploads that became files: who did not hear the answer to the last bytes asks for the upload
//! once more.

use std::{collections::VecDeque, time::SystemTime};

use chasqui_shared::ContentHash;

use crate::{limits, media::owner::Owner};

/// The file that an upload became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its hash.
    pub hash: ContentHash,
    /// In bytes.
    pub length: u64,
    /// What was said of it when the upload began, as it was sent; empty if nothing was.
    pub told: String,
}

/// The last [`limits::UPLOADS_FINISHED_MAX`] of them, of one owner
/// [`limits::UPLOADS_FINISHED_OF_ONE_MAX`], oldest first, each for [`limits::UPLOAD_KEPT_TIME`].
///
/// In memory alone: after a restart such an upload is begun anew, and ends at once if it names its
/// hash.
#[derive(Debug, Default)]
pub(in crate::media) struct FinishedUploads(VecDeque<Row>);

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
        let mut of_owner = self.0.iter().enumerate().filter(|(_, row)| row.owner == owner);
        let oldest = of_owner.next().map(|(at, _)| at);
        // With the first one, which was taken out above.
        let is_full = 1 + of_owner.count() >= limits::UPLOADS_FINISHED_OF_ONE_MAX;
        match oldest {
            Some(oldest) if is_full => drop(self.0.remove(oldest)),
            _ if self.0.len() >= limits::UPLOADS_FINISHED_MAX => drop(self.0.pop_front()),
            _ => {}
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
        (row.until > now).then(|| row.finished.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use chasqui_shared::DeviceId;

    use super::*;

    const OWNER: Owner = Some(DeviceId([1; 32]));

    fn file() -> Finished {
        Finished { hash: ContentHash([7; 32]), length: 11, told: "name YQ==".into() }
    }

    fn is_there(list: &FinishedUploads, owner: Owner, id: usize) -> bool {
        list.find(owner, &id.to_string(), UNIX_EPOCH).is_some()
    }

    #[test]
    fn what_an_upload_became_is_told_to_its_owner_alone() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", file(), UNIX_EPOCH);
        assert_eq!(list.find(OWNER, "an id", UNIX_EPOCH), Some(file()));
        assert_eq!(list.find(OWNER, "another", UNIX_EPOCH), None);
        assert_eq!(list.find(Some(DeviceId([2; 32])), "an id", UNIX_EPOCH), None);
        assert_eq!(list.find(None, "an id", UNIX_EPOCH), None);
    }

    #[test]
    fn it_is_remembered_for_a_time() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", file(), UNIX_EPOCH);
        let end = UNIX_EPOCH + limits::UPLOAD_KEPT_TIME;
        assert_eq!(list.find(OWNER, "an id", end - Duration::from_secs(1)), Some(file()));
        assert_eq!(list.find(OWNER, "an id", end), None);
    }

    #[test]
    fn so_many_of_one_owner_are_remembered_and_then_its_oldest_goes() {
        let mut list = FinishedUploads::default();
        let other = Some(DeviceId([2; 32]));
        list.add(other, "0", file(), UNIX_EPOCH);
        let most = limits::UPLOADS_FINISHED_OF_ONE_MAX;
        (0..most).for_each(|id| list.add(OWNER, &id.to_string(), file(), UNIX_EPOCH));
        assert!(is_there(&list, OWNER, 0));
        list.add(OWNER, &most.to_string(), file(), UNIX_EPOCH);
        assert!(!is_there(&list, OWNER, 0));
        assert!(is_there(&list, OWNER, 1) && is_there(&list, OWNER, most));
        assert!(is_there(&list, other, 0), "nobody pushes out what others finished");
    }

    #[test]
    fn so_many_of_all_owners_are_remembered_and_then_the_oldest_goes() {
        let mut list = FinishedUploads::default();
        let owner = |id: usize| Some(DeviceId([(id % 200) as u8; 32]));
        let most = limits::UPLOADS_FINISHED_MAX;
        (0..most).for_each(|id| list.add(owner(id), &id.to_string(), file(), UNIX_EPOCH));
        assert!(is_there(&list, owner(0), 0));
        list.add(owner(most), &most.to_string(), file(), UNIX_EPOCH);
        assert!(!is_there(&list, owner(0), 0));
        assert!(is_there(&list, owner(1), 1) && is_there(&list, owner(most), most));
    }

    #[test]
    fn one_that_is_begun_anew_is_forgotten() {
        let mut list = FinishedUploads::default();
        list.add(OWNER, "an id", file(), UNIX_EPOCH);
        list.add(OWNER, "another", file(), UNIX_EPOCH);
        list.forget("an id");
        assert_eq!(list.find(OWNER, "an id", UNIX_EPOCH), None);
        assert_eq!(list.find(OWNER, "another", UNIX_EPOCH), Some(file()));
    }
}
