//! Whose turn it is to write to an upload: one request's at a time, and a newer one's once the
//! older has fallen silent.
//!
//! A phone whose wifi broke comes back on a new connection while nobody has told the laptop that
//! the old one is gone. It need not wait until that is noticed: after [`limits::UPLOAD_QUIET_TIME`]
//! without bytes the older request keeps what came and ends. As long as bytes come to the older,
//! the newer is refused, so that two who both send never drive each other out.

use std::sync::Arc;

use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    time::{Instant, sleep_until, timeout},
};

use crate::{limits, media::error::MediaError};

/// The hash of the durable bytes, if it is known. Who holds this is the one who writes.
pub type Turn = OwnedMutexGuard<Option<blake3::Hasher>>;

/// The turns of one upload.
#[derive(Debug)]
pub struct Turns {
    place: Arc<Mutex<Option<blake3::Hasher>>>,
    /// When bytes last came to the one who writes.
    heard_at: watch::Sender<Instant>,
    /// How often a newer request wanted the turn of one who was silent.
    wanted: watch::Sender<u64>,
}

/// Tells the one who writes that somebody else wants to.
#[derive(Debug)]
pub struct Wanted(watch::Receiver<u64>);

impl Turns {
    pub fn new() -> Self {
        let (heard_at, wanted) = (watch::Sender::new(Instant::now()), watch::Sender::new(0));
        Self { place: Arc::default(), heard_at, wanted }
    }

    /// The turn, if nobody has it.
    pub fn free(&self) -> Result<Turn, MediaError> {
        self.place.clone().try_lock_owned().map_err(|_| MediaError::Busy)
    }

    /// The turn to write, from one who is silent if need be.
    pub async fn take(&self) -> Result<Turn, MediaError> {
        let turn = self.wait().await?;
        self.heard();
        Ok(turn)
    }

    /// The turn for who ends the upload: whoever has it is told to end, and waited for.
    pub async fn claim(&self) -> Turn {
        self.wanted.send_modify(|times| *times += 1);
        self.place.clone().lock_owned().await
    }

    /// Waits until nobody writes, or until bytes come to the one who does.
    pub async fn settle(&self) {
        // Either way, what is durable now is the answer.
        let _ = self.wait().await;
    }

    async fn wait(&self) -> Result<Turn, MediaError> {
        let mut heard_at = self.heard_at.subscribe();
        if let Ok(turn) = self.free() {
            return Ok(turn);
        }
        let quiet_at = *heard_at.borrow_and_update() + limits::UPLOAD_QUIET_TIME;
        tokio::select! {
            biased;
            turn = self.place.clone().lock_owned() => return Ok(turn),
            _ = heard_at.changed() => return Err(MediaError::Busy),
            () = sleep_until(quiet_at) => self.wanted.send_modify(|times| *times += 1),
        }
        let handed_over =
            timeout(limits::UPLOAD_HANDOVER_TIME_MAX, self.place.clone().lock_owned());
        handed_over.await.map_err(|_| MediaError::Busy)
    }

    /// Who has the turn begins to write.
    pub fn begin(&self) -> Wanted {
        self.heard();
        Wanted(self.wanted.subscribe())
    }

    /// Bytes came to the one who writes.
    pub fn heard(&self) {
        self.heard_at.send_replace(Instant::now());
    }
}

impl Wanted {
    /// Waits until the turn is wanted by somebody else.
    pub async fn wanted(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending().await
        }
    }
}
