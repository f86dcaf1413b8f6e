//! All files: those that are here, and those that are on their way.

use super::{
    blobs::Blobs,
    directory::{make_directory, sync_directory},
    error::MediaError,
    owner::Owner,
    previews::PreviewError,
    unnamed::Unnamed,
    uploads::{
        finished::Finished,
        upload::{Announced, Upload},
    },
};
use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use chasqui_shared::{ContentHash, DeviceId, limits as shared_limits};

use super::{
    previews::Previews,
    room::Room,
    uploads::{Uploads, upload},
};
use crate::limits;

/// Where the files are in the data directory.
pub const DIRECTORY: &str = "media";

/// All files.
#[derive(Debug)]
pub struct Media {
    pub(in crate::media) blobs: Blobs,
    pub(in crate::media) uploads: Uploads,
    pub(in crate::media) unnamed: Unnamed,
    pub(in crate::media) previews: Arc<Previews>,
    pub(in crate::media) directory: PathBuf,
    pub(in crate::media) room: Room,
    /// Held by whoever hashes files again for those who wait for that.
    pub(in crate::media) hashing: Arc<tokio::sync::Mutex<()>>,
}

/// What became of the wish to upload.
#[derive(Debug)]
pub enum Begun {
    /// The file is here: nothing is to be sent.
    Held(ContentHash),
    /// To be sent from [`Upload::offset`] on.
    Upload(Arc<Upload>),
}

impl Media {
    /// Reads what is in `directory`, which is made when the first file comes. Uploads leave
    /// `reserve_bytes` of the disk free.
    pub fn open(directory: PathBuf, reserve_bytes: u64, now: SystemTime) -> io::Result<Self> {
        let blobs = Blobs::open(&directory)?;
        let uploads = Uploads::open(directory.join("uploads"))?;
        uploads.sweep(now);
        let previews = Previews::new(directory.join("previews"));
        let (unnamed, hashing) = (Unnamed::new(directory.join("unnamed")), Arc::default());
        let room = Room::new(reserve_bytes);
        Ok(Self { blobs, uploads, unnamed, previews, directory, room, hashing })
    }

    /// The files that are here.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// The files that came and that no record named.
    pub fn unnamed(&self) -> &Unnamed {
        &self.unnamed
    }

    /// The turn to hash files again: one at a time, so that no question has all disks and cores at
    /// work.
    pub fn hashing(&self) -> Arc<tokio::sync::Mutex<()>> {
        self.hashing.clone()
    }

    /// Whether the file is here, whole and durable; looks at it.
    pub fn holds(&self, hash: ContentHash) -> bool {
        self.blobs.look(hash, SystemTime::now())
    }

    /// Where the file is, if it is here; looks at it.
    pub fn path(&self, hash: ContentHash) -> Option<PathBuf> {
        self.holds(hash).then(|| self.blobs.path(hash))
    }

    /// A small JPEG of the file at `file`, which is here.
    pub async fn preview(
        &self,
        hash: ContentHash,
        file: PathBuf,
    ) -> Result<Arc<[u8]>, PreviewError> {
        self.previews.show(hash, file).await
    }

    /// The owner's upload of this file, if one goes on.
    pub fn begun(&self, owner: Owner, hash: ContentHash, now: SystemTime) -> Option<Arc<Upload>> {
        self.find(owner, &upload::id_of(owner, hash), now).ok()
    }

    /// An upload of this owner.
    pub fn find(&self, owner: Owner, id: &str, now: SystemTime) -> Result<Arc<Upload>, MediaError> {
        self.uploads.find(owner, id, now)
    }

    /// What an upload of this owner became, if that was not too long ago and the file is still
    /// here: it stays for its time of grace from now on.
    pub fn finished(&self, owner: Owner, id: &str, now: SystemTime) -> Option<Finished> {
        let finished = self.uploads.finished(owner, id, now);
        finished.filter(|finished| self.blobs.acknowledge(finished.hash, now))
    }

    /// Begins an upload, or goes on with the one that the owner began of the same file.
    pub fn begin(
        &self,
        owner: Owner,
        announced: Announced,
        now: SystemTime,
    ) -> Result<Begun, MediaError> {
        if announced.length > shared_limits::MEDIA_BYTES_MAX {
            return Err(MediaError::TooLarge { bytes_max: shared_limits::MEDIA_BYTES_MAX });
        }
        if let Some(hash) = announced.hash {
            if self.blobs.acknowledge(hash, now) {
                return Ok(Begun::Held(hash));
            }
            if let Some(upload) = self.begun(owner, hash, now) {
                return upload.of_length(announced.length).map(Begun::Upload);
            }
        }
        self.uploads.sweep(now);
        if !self.directory.is_dir() {
            make_directory(&self.directory)?;
            self.directory.parent().map_or(Ok(()), sync_directory)?;
        }
        let promised = self.uploads.promised(owner, "", now);
        if !self.room.fits(&self.directory, owner, promised, announced.length, now)? {
            return Err(MediaError::DiskReserve);
        }
        self.uploads.begin(owner, announced, now).map(Begun::Upload)
    }

    /// Removes a file of which nobody was told for long, and its preview, unless an upload names
    /// it; whether it did. It stands aside from then on. That no record names it is for the caller
    /// to know.
    pub fn remove_orphan(&self, hash: ContentHash, now: SystemTime) -> io::Result<bool> {
        let is_removed = !self.uploads.names(hash) && self.blobs.remove(hash, now)?;
        if is_removed {
            self.previews.forget(hash);
        }
        Ok(is_removed)
    }

    /// Takes in a durable file with this hash.
    pub(in crate::media) fn adopt(
        &self,
        file: &Path,
        hash: ContentHash,
        now: SystemTime,
    ) -> io::Result<()> {
        if !self.blobs.holds(hash) {
            self.previews.forget(hash);
        }
        self.blobs.adopt(file, hash, now)
    }

    /// Bytes that files may still take of the disk.
    pub fn room_bytes(&self) -> io::Result<u64> {
        self.room.bytes(&self.directory)
    }

    /// Whether an upload was refused for lack of room and still would be, or any would be. What was
    /// only announced takes no room.
    pub fn is_full(&self, now: SystemTime) -> io::Result<bool> {
        self.room.is_full(&self.directory, now)
    }

    /// Devices whose uploads go on.
    pub fn uploaders(&self) -> BTreeSet<DeviceId> {
        self.uploads.owners()
    }

    /// Ends all uploads of a device and forgets what came of them. Who writes to one is waited for,
    /// but not for longer than [`limits::UPLOAD_HANDOVER_TIME_MAX`]: then it ends a little later.
    pub async fn end_uploads(self: &Arc<Self>, device: DeviceId) {
        let media = self.clone();
        let ending = tokio::spawn(async move { media.uploads.end_all(device).await });
        let _ = tokio::time::timeout(limits::UPLOAD_HANDOVER_TIME_MAX, ending).await;
    }

    /// Whether there is room for the rest of an upload: it was promised, or there is as much as if
    /// it were begun now.
    pub(in crate::media) fn has_room(&self, upload: &Upload, now: SystemTime) -> io::Result<bool> {
        if upload.promised(now) > 0 {
            return Ok(true);
        }
        let (owner, rest) = (upload.owner(), upload.length().saturating_sub(upload.offset()));
        let promised = self.uploads.promised(owner, upload.id(), now);
        self.room.fits(&self.directory, owner, promised, rest, now)
    }
}
