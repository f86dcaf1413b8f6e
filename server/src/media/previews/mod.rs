//! Small pictures of the pictures that are here: `previews/ab/abcd….jpg`, made when one is first
//! asked for, or `abcd….impossible` where none can be made.
//!
//! The file itself decides: what is kept of one that is not here any more is not looked at, and is
//! forgotten before it comes again. All of it can be made anew, so whoever removes the directory
//! loses nothing, and lets the impossible ones be tried again.

mod picture;

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chasqui_shared::ContentHash;
use tokio::sync::{Semaphore, watch};

use crate::{
    limits,
    media::directory::{is_missing, make_directory},
    system::private_file,
};

/// How the name of a preview ends.
const PREVIEW: &str = "jpg";
/// How the name of the mark ends that there can be none.
const IMPOSSIBLE: &str = "impossible";

/// Why there is no preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// The file is no picture, is damaged, or is more than may be decoded; it stays so.
    #[error("there is no preview of this file: it is no picture that this laptop can read")]
    Impossible,
    /// As many wait as may.
    #[error("too many previews are being made; try again in a moment")]
    Busy,
    /// The disk failed; what it was is logged.
    #[error("the preview could not be made; try again")]
    Failed,
}

type Made = Result<Arc<[u8]>, PreviewError>;

/// All previews, and those that are being made.
#[derive(Debug)]
pub struct Previews {
    directory: PathBuf,
    /// Makes the preview of the file at a path; `None` where that is impossible.
    make: fn(&Path) -> io::Result<Option<Vec<u8>>>,
    /// Those that are being made or wait for their turn. Whoever wants one of them waits for the
    /// same.
    making: Mutex<HashMap<ContentHash, watch::Receiver<Option<Made>>>>,
    turns: Semaphore,
}

impl Previews {
    /// Keeps them in `directory`, which is made with the first.
    pub fn new(directory: PathBuf) -> Arc<Self> {
        Self::made_by(directory, picture::preview)
    }

    fn made_by(directory: PathBuf, make: fn(&Path) -> io::Result<Option<Vec<u8>>>) -> Arc<Self> {
        let turns = Semaphore::new(limits::PREVIEWS_AT_ONCE_MAX);
        Arc::new(Self { directory, make, making: Mutex::default(), turns })
    }

    /// The preview of a file that is here, as a JPEG. It is made to its end even if nobody waits
    /// for it any more.
    pub async fn show(self: &Arc<Self>, hash: ContentHash, file: PathBuf) -> Made {
        let previews = self.clone();
        if let Some(known) = blocking(move || Ok(previews.known(hash))).await? {
            return known;
        }
        let mut made = self.begin(hash, file)?;
        match made.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(made)) => made.clone(),
            _ => Err(PreviewError::Failed),
        }
    }

    /// Removes what is kept of a file that is not here any more, or that comes anew: what was here
    /// may have been damaged.
    pub fn forget(&self, hash: ContentHash) {
        for extension in [PREVIEW, IMPOSSIBLE] {
            let path = self.path(hash, extension);
            let removed = fs::remove_file(&path);
            if let Err(error) = &removed
                && !is_missing(&removed)
            {
                tracing::warn!(%error, ?path, "a preview of a file that is gone stays");
            }
        }
    }

    fn begin(
        self: &Arc<Self>,
        hash: ContentHash,
        file: PathBuf,
    ) -> Result<watch::Receiver<Option<Made>>, PreviewError> {
        let mut making = self.making();
        if let Some(made) = making.get(&hash) {
            return Ok(made.clone());
        }
        if making.len() >= limits::PREVIEWS_WAITING_MAX {
            return Err(PreviewError::Busy);
        }
        let (done, made) = watch::channel(None);
        making.insert(hash, made.clone());
        let previews = self.clone();
        tokio::spawn(async move {
            let turn = previews.turns.acquire().await;
            let maker = previews.clone();
            let made = blocking(move || maker.make_known(hash, &file)).await.and_then(|made| made);
            drop(turn);
            previews.making().remove(&hash);
            done.send_replace(Some(made));
        });
        Ok(made)
    }

    /// Another may have made it between two looks of this one.
    fn make_known(&self, hash: ContentHash, file: &Path) -> io::Result<Made> {
        if let Some(known) = self.known(hash) {
            return Ok(known);
        }
        let made = (self.make)(file)?;
        let (path, bytes) = match &made {
            Some(bytes) => (self.path(hash, PREVIEW), bytes.as_slice()),
            None => (self.path(hash, IMPOSSIBLE), &[][..]),
        };
        // Without a place to keep it, it is shown all the same, and made again the next time.
        if let Err(error) = keep(&path, bytes) {
            tracing::warn!(%error, "a preview was made and cannot be kept");
        }
        Ok(made.map(Arc::from).ok_or(PreviewError::Impossible))
    }

    fn known(&self, hash: ContentHash) -> Option<Made> {
        match fs::read(self.path(hash, PREVIEW)) {
            Ok(bytes) => Some(Ok(bytes.into())),
            Err(_) => {
                let mark = fs::metadata(self.path(hash, IMPOSSIBLE));
                mark.is_ok().then_some(Err(PreviewError::Impossible))
            }
        }
    }

    fn path(&self, hash: ContentHash, extension: &str) -> PathBuf {
        let name = hash.to_string();
        self.directory.join(&name[..2]).join(format!("{name}.{extension}"))
    }

    fn making(&self) -> MutexGuard<'_, HashMap<ContentHash, watch::Receiver<Option<Made>>>> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Never half of it is there, whenever the power goes.
fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let shelf = path.parent().unwrap_or(path);
    make_directory(shelf)?;
    private_file::write(path, bytes)
}

async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, PreviewError> {
    let done = tokio::task::spawn_blocking(act).await.map_err(io::Error::other).flatten();
    done.map_err(|error| {
        tracing::error!(%error, "a preview could not be made");
        PreviewError::Failed
    })
}

#[cfg(test)]
mod tests;
