//! The files of a meeting: after the records, each side gets what only the other has of the files that records name.
//!
//! The laptop that came does all of it, through the API that phones use. What was moved stays when it ends early, whole files and the
//! durable beginnings of others; the next meeting goes on from there.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
    sync::Arc,
    time::{Duration, SystemTime},
};

use chasqui_shared::{Begun, Code, DeviceId, Failure, Progress, Retry, limits::HELD_MAX};

use super::{
    conversation::{PeerSyncError, Watcher},
    peer_client::{PeerClient, strange},
    peer_files::{Placed, Slice},
};
use crate::{
    limits,
    media::{self, Announced, Media, MediaError, Taken, Writer},
    store::{NamedMedia, Store},
};

/// Bytes of a slice that are written at once.
const COPIED_BYTES: usize = 256 * 1024;

/// What came of the files of a meeting.
#[derive(Clone, Debug, Default)]
pub struct FilesMoved {
    /// Files that are now on both sides, and were not before.
    pub done: u64,
    /// Why a file was not moved, of the first such one; the others were.
    pub failure: Option<Failure>,
}

/// Moves files until each side has of those that records name here what the other has.
///
/// A failure that is about one file leaves the others alone. One that may pass is waited for a few times.
pub fn exchange(
    store: &Store,
    media: &Arc<Media>,
    line: &PeerClient,
    peer: DeviceId,
    watcher: &Watcher<'_>,
) -> Result<FilesMoved, PeerSyncError> {
    let mut exchange = Exchange {
        media,
        line,
        peer,
        watcher,
        retry: Retry::new(store.seed()?),
        moved: FilesMoved::default(),
    };
    let mut moves = exchange.plan(store)?;
    moves.sort_by_key(|step| step.file.bytes);
    let total = moves.len() as u64;
    for step in moves {
        (watcher.files)(Progress { done: exchange.moved.done, total });
        exchange.carry_out(step)?;
    }
    (watcher.files)(Progress { done: exchange.moved.done, total });
    Ok(exchange.moved)
}

/// One file that is on one side alone.
struct Step {
    file: NamedMedia,
    direction: Direction,
}

enum Direction {
    Here,
    /// With what is durable there, if it is known.
    There(Option<Begun>),
}

struct Exchange<'a> {
    media: &'a Arc<Media>,
    line: &'a PeerClient,
    peer: DeviceId,
    watcher: &'a Watcher<'a>,
    retry: Retry,
    moved: FilesMoved,
}

impl Exchange<'_> {
    /// Which files are on one side alone.
    fn plan(&self, store: &Store) -> Result<Vec<Step>, PeerSyncError> {
        let mut steps = Vec::new();
        let mut after = None;
        loop {
            self.watcher.go_on()?;
            let named = store.view()?.named_media(after, HELD_MAX)?;
            let Some(last) = named.last() else { return Ok(steps) };
            after = Some(last.hash);
            let answer = self.line.held(named.iter().map(|file| file.hash).collect())?;
            let begun = answer.begun.into_iter().map(|begun| (begun.hash, begun));
            let mut begun: BTreeMap<_, _> = begun.collect();
            for file in named {
                let direction =
                    match (self.media.holds(file.hash), answer.held.contains(&file.hash)) {
                        (true, false) => Direction::There(begun.remove(&file.hash)),
                        (false, true) => Direction::Here,
                        (true, true) | (false, false) => continue,
                    };
                steps.push(Step { file, direction });
            }
        }
    }

    fn carry_out(&mut self, mut step: Step) -> Result<(), PeerSyncError> {
        for tried in 1.. {
            let moved = match &mut step.direction {
                Direction::Here => self.fetch(&step.file),
                Direction::There(begun) => self.send(&step.file, begun.take()),
            };
            let failure = match moved {
                Ok(()) => {
                    self.moved.done += 1;
                    self.retry.succeeded();
                    break;
                }
                Err(PeerSyncError::Failed(failure)) => failure,
                Err(error) => return Err(error),
            };
            if is_of_one_file(&failure) {
                tracing::warn!(file = %step.file.hash, failure.code = failure.code.as_str(), "a file was not moved");
                let message = format!("{}: {}", step.file.name, failure.message);
                let failure = Failure { message, ..failure };
                self.moved.failure.get_or_insert(failure);
                break;
            }
            if !failure.retryable || tried >= limits::MEETING_TRIES_MAX {
                return Err(failure.into());
            }
            self.watcher.pause(Duration::from_millis(self.retry.failed()))?;
        }
        Ok(())
    }

    /// Takes a file in, from where an earlier meeting left it.
    fn fetch(&self, file: &NamedMedia) -> Result<(), PeerSyncError> {
        let owner = Some(self.peer);
        loop {
            self.watcher.go_on()?;
            let begun = self.media.begun(owner, file.hash, SystemTime::now());
            let offset = begun.map_or(0, |upload| upload.offset());
            let Slice { total, mut bytes } = self.line.fetch_slice(file.hash, offset)?;
            let announced = Announced {
                length: total,
                hash: Some(file.hash),
                name: Some(file.name.clone()),
                media_type: Some(file.media_type.clone()),
                ..Announced::default()
            };
            let upload =
                match self.media.begin(owner, announced, SystemTime::now()).map_err(failed)? {
                    media::Begun::Held(_) => return Ok(()),
                    media::Begun::Upload(upload) => upload,
                };
            let turn = Writer::free_turn(&upload).map_err(failed)?;
            let writer =
                Writer::open(self.media.clone(), upload, turn, offset, None, SystemTime::now())
                    .map_err(failed)?;
            match receive(&mut bytes, writer)? {
                Taken::Whole(_) => return Ok(()),
                Taken::Part(durable) if durable > offset => {}
                Taken::Part(_) => return Err(strange("a part of a file is empty").into()),
            }
        }
    }

    /// Sends a file, from where an earlier meeting left it.
    fn send(&self, file: &NamedMedia, begun: Option<Begun>) -> Result<(), PeerSyncError> {
        let Some(path) = self.media.path(file.hash) else { return Ok(()) };
        let mut source = File::open(path).map_err(|error| failed(error.into()))?;
        let bytes = source.metadata().map_err(|error| failed(error.into()))?.len();
        let begun = begun.map(|begun| Placed { upload: begun.upload, offset: begun.offset });
        // Whoever tries again is told by the beginning how far it came.
        let placed = match begun {
            Some(placed) => Some(placed),
            None => self.line.begin_upload(file, bytes)?,
        };
        let Some(mut at) = placed else { return Ok(()) };
        while at.offset < bytes {
            self.watcher.go_on()?;
            source.seek(SeekFrom::Start(at.offset)).map_err(|error| failed(error.into()))?;
            let slice = limits::FILE_SLICE_BYTES.min(bytes - at.offset);
            let durable = self.line.send_slice(&at, &mut source.by_ref().take(slice), slice)?;
            if durable <= at.offset || durable > bytes {
                return Err(strange("it took something else than was sent").into());
            }
            at.offset = durable;
        }
        Ok(())
    }
}

/// Writes what comes. What came is kept when it ends early.
fn receive(bytes: &mut impl Read, mut writer: Writer) -> Result<Taken, PeerSyncError> {
    let mut buffer = vec![0; COPIED_BYTES];
    loop {
        let read = match bytes.read(&mut buffer) {
            Ok(0) => return Ok(writer.finish(SystemTime::now()).map_err(failed)?),
            Ok(read) => read,
            Err(error) => {
                writer.cut(SystemTime::now()).map_err(failed)?;
                let message = format!("the other laptop cannot be reached: {error}");
                return Err(Failure::new(Code::Unreachable, message).into());
            }
        };
        writer.take(&buffer[..read], SystemTime::now()).map_err(failed)?;
    }
}

/// Whether other files can still be moved: this one is damaged or unknown over there, or one side has no room for it.
fn is_of_one_file(failure: &Failure) -> bool {
    matches!(
        failure.code,
        Code::BodyTooLarge
            | Code::DiskReserve
            | Code::FileUnreadable
            | Code::HashWrong
            | Code::LengthDiffers
            | Code::MediaUnknown
    )
}

fn failed(error: MediaError) -> Failure {
    error.into()
}
