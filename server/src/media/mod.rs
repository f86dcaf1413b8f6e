//! Files beside the records: those that are here, each under the hash of what is in it, and those that are on their way.
//!
//! It knows no HTTP. Everything here blocks on the disk, but for what only asks memory.

mod blobs;
mod checksum;
mod error;
mod previews;
mod turns;
mod upload;
mod uploads;
mod writer;

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use chasqui_shared::{ContentHash, DeviceId, limits as shared_limits};

use self::{blobs::Blobs, previews::Previews, uploads::Uploads};
pub use self::{
    checksum::{ALGORITHMS, Checksum},
    error::MediaError,
    previews::PreviewError,
    turns::Turn,
    upload::{Announced, Upload},
    writer::{Taken, Writer},
};

/// Whose an upload is: a device's, or, if absent, the manager's at this machine.
pub type Owner = Option<DeviceId>;

/// All files.
#[derive(Debug)]
pub struct Media {
    blobs: Blobs,
    uploads: Uploads,
    previews: Arc<Previews>,
    directory: PathBuf,
    reserve_bytes: u64,
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
    /// Reads what is in `directory`, which is made when the first file comes. Uploads leave `reserve_bytes` of the disk free.
    pub fn open(directory: PathBuf, reserve_bytes: u64, now: SystemTime) -> io::Result<Self> {
        let blobs = Blobs::open(directory.join("blobs"))?;
        let uploads = Uploads::open(directory.join("uploads"))?;
        uploads.sweep(now);
        let previews = Previews::new(directory.join("previews"));
        Ok(Self { blobs, uploads, previews, directory, reserve_bytes })
    }

    /// Whether the file is here, whole and durable.
    pub fn holds(&self, hash: ContentHash) -> bool {
        self.blobs.holds(hash)
    }

    /// Where the file is, if it is here.
    pub fn path(&self, hash: ContentHash) -> Option<PathBuf> {
        self.blobs.holds(hash).then(|| self.blobs.path(hash))
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
            if self.holds(hash) {
                return Ok(Begun::Held(hash));
            }
            match self.begun(owner, hash, now) {
                Some(upload) if upload.length() == announced.length => {
                    return Ok(Begun::Upload(upload));
                }
                Some(_) => return Err(MediaError::LengthDiffers),
                None => {}
            }
        }
        self.uploads.sweep(now);
        if !self.directory.is_dir() {
            make_directory(&self.directory)?;
            self.directory.parent().map_or(Ok(()), sync_directory)?;
        }
        self.check_room(announced.length)?;
        self.uploads.begin(owner, announced, now).map(Begun::Upload)
    }

    /// What is promised to uploads that go on is as good as used.
    fn check_room(&self, bytes: u64) -> Result<(), MediaError> {
        let free = fs4::available_space(&self.directory)?;
        let needed = self.uploads.bytes_to_come().saturating_add(bytes);
        match free.checked_sub(self.reserve_bytes) {
            Some(room) if room >= needed => Ok(()),
            _ => Err(MediaError::DiskReserve),
        }
    }
}

/// Makes a directory for this program's user alone, if it is not there.
fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens or makes a file for this program's user alone.
fn open_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the names in a directory durable, where the platform has a way to.
fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

fn is_missing<T>(result: &io::Result<T>) -> bool {
    result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests;
