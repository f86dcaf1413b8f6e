//! The files of a meeting: after the records, each side gets what only the other has of the files
//! that records name.
//!
//! The laptop that came does all of it, through the API that phones use. What goes when is decided
//! by [`Transfer`]; this drives it on a thread that may block. What was moved stays when it ends
//! early, whole files and the durable beginnings of others; the next meeting goes on from there.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use chasqui_shared::{
    Code, ContentHash, DeviceId, Failure, MediaRef, Progress,
    limits::HELD_MAX,
    transfer::{Direction, Input, Output, Placed, Transfer, Wanted},
};

use super::{
    conversation::Watcher, error::PeerSyncError, peer_client::PeerClient, peer_files::Slice,
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
/// A failure that is about one file leaves the others alone. One that may pass is waited for a few
/// times.
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
        transfer: Transfer::new(limits::peer_files(), store.seed()?),
        began: Instant::now(),
        moved: FilesMoved::default(),
        moved_before: 0,
        total: 0,
    };
    exchange.plan(store)?;
    exchange.feed(Input::Wake);
    exchange.drive()?;
    Ok(exchange.moved)
}

struct Exchange<'a> {
    media: &'a Arc<Media>,
    line: &'a PeerClient,
    peer: DeviceId,
    watcher: &'a Watcher<'a>,
    transfer: Transfer,
    began: Instant,
    moved: FilesMoved,
    /// Files that were moved before the round under way.
    moved_before: u64,
    /// Files that were moved or are to be.
    total: u64,
}

impl Exchange<'_> {
    /// Finds out which files are on one side alone.
    fn plan(&mut self, store: &Store) -> Result<(), PeerSyncError> {
        let mut after = None;
        loop {
            let named = store.view()?.named_media(after, HELD_MAX)?;
            let Some(last) = named.last() else { return Ok(()) };
            after = Some(last.hash);
            let wanted = named.into_iter().map(|named| self.wanted(named)).collect();
            self.feed(Input::Want(wanted));
            self.feed(Input::Plan);
            self.drive()?;
        }
    }

    fn wanted(&self, named: NamedMedia) -> Wanted {
        let NamedMedia { hash, bytes, media_type, name } = named;
        // What is here has the size that it has, whatever a record says.
        let here = self.media.path(hash).and_then(|path| fs::metadata(path).ok());
        let file = MediaRef {
            hash,
            bytes: here.as_ref().map_or(bytes, fs::Metadata::len),
            media_type,
            name,
        };
        let direction = match here {
            Some(_) => Direction::Send,
            None => Direction::Fetch { offset: self.begun(hash), ask: true },
        };
        Wanted { file, direction }
    }

    /// Does what the transfer says until it has nothing more to say.
    fn drive(&mut self) -> Result<(), PeerSyncError> {
        loop {
            self.watcher.go_on()?;
            let input = match self.transfer.poll_output() {
                Some(Output::Ask { request, hashes }) => match self.line.held(hashes) {
                    Ok(response) => Input::Answered(request, response),
                    Err(failure) => Input::Failed { request, failure, offset: None },
                },
                Some(Output::Send { request, file, at, bytes_max, patience_ms }) => {
                    match self.send(&file, at, bytes_max, patience_ms) {
                        Ok(Some((at, bytes))) => Input::Sent { request, at, bytes },
                        Ok(None) => Input::Dropped(request),
                        Err(failure) => Input::Failed { request, failure, offset: None },
                    }
                }
                Some(Output::Fetch { request, file, offset, bytes_max, patience_ms }) => {
                    match self.fetch(&file, offset, bytes_max, patience_ms) {
                        Ok((offset, bytes)) => Input::Fetched { request, offset, bytes },
                        Err(failure) => {
                            let offset = Some(self.begun(file.hash));
                            Input::Failed { request, failure, offset }
                        }
                    }
                }
                Some(Output::Arrived(_)) => {
                    self.moved.done += 1;
                    self.tell();
                    continue;
                }
                Some(Output::PutBack(file, failure)) => {
                    self.put_back(&file, failure);
                    continue;
                }
                Some(Output::Interrupted(failure)) => {
                    let code = failure.code.as_str();
                    tracing::info!(failure.code = code, "files were interrupted; trying again");
                    self.moved_before = self.moved.done;
                    self.rest()?
                }
                Some(Output::GaveUp(failure)) => return Err(failure.into()),
                Some(Output::Finished) => return Ok(()),
                None if !self.transfer.is_busy() => return Ok(()),
                None => self.rest()?,
            };
            self.feed(input);
        }
    }

    fn feed(&mut self, input: Input) {
        let now_ms = self.now_ms();
        self.transfer.handle_input(now_ms, input);
        if self.transfer.is_busy() {
            self.total = self.moved_before + self.transfer.moved().total;
            self.tell();
        }
    }

    fn tell(&self) {
        (self.watcher.files)(Progress { done: self.moved.done, total: self.total });
    }

    /// Waits until the transfer goes on.
    fn rest(&self) -> Result<Input, PeerSyncError> {
        let until_ms = self.transfer.next_deadline().unwrap_or_default();
        self.watcher.pause(Duration::from_millis(until_ms.saturating_sub(self.now_ms())))?;
        Ok(Input::Tick)
    }

    fn put_back(&mut self, file: &MediaRef, failure: Failure) {
        let code = failure.code.as_str();
        tracing::warn!(file = %file.hash, failure.code = code, "a file was not moved");
        let message = format!("{}: {}", file.name, failure.message);
        self.moved.failure.get_or_insert(Failure { message, ..failure });
    }

    /// Bytes that are durable here of a file that is not whole yet.
    fn begun(&self, hash: ContentHash) -> u64 {
        let begun = self.media.begun(Some(self.peer), hash, SystemTime::now());
        begun.map_or(0, |upload| upload.offset())
    }

    /// Takes in a slice of a file. Says how much of it is durable then, and its size.
    fn fetch(
        &self,
        file: &MediaRef,
        offset: u64,
        bytes_max: u64,
        patience_ms: u64,
    ) -> Result<(u64, u64), Failure> {
        let now = SystemTime::now;
        if self.begun(file.hash) != offset {
            return Err(Failure::new(Code::OffsetWrong, "the file goes on elsewhere"));
        }
        let Slice { total, mut bytes } =
            self.line.fetch_slice(file.hash, offset, bytes_max, patience_ms)?;
        let announced = Announced {
            length: total,
            hash: Some(file.hash),
            name: Some(file.name.clone()),
            media_type: Some(file.media_type.clone()),
            ..Announced::default()
        };
        let upload = match self.media.begin(Some(self.peer), announced, now())? {
            media::Begun::Held(_) => return Ok((total, total)),
            media::Begun::Upload(upload) => upload,
        };
        let turn = Writer::free_turn(&upload)?;
        let writer = Writer::open(self.media.clone(), upload, turn, offset, None, now())?;
        match receive(&mut bytes, writer)? {
            Taken::Whole(_) => Ok((total, total)),
            Taken::Part(durable) => Ok((durable, total)),
        }
    }

    /// Sends a slice of a file. Says where it goes on, and its size; `None` if it is no longer
    /// here.
    fn send(
        &self,
        file: &MediaRef,
        at: Option<Placed>,
        bytes_max: u64,
        patience_ms: u64,
    ) -> Result<Option<(Placed, u64)>, Failure> {
        let Some(path) = self.media.path(file.hash) else { return Ok(None) };
        let mut source = File::open(path).map_err(MediaError::Disk)?;
        let bytes = source.metadata().map_err(MediaError::Disk)?.len();
        let from = at.as_ref().map_or(0, |at| at.offset);
        source.seek(SeekFrom::Start(from)).map_err(MediaError::Disk)?;
        let length = bytes_max.min(bytes.saturating_sub(from));
        let mut slice = source.take(length);
        let placed = match at {
            None => self.line.begin_upload(file, bytes, &mut slice, length, patience_ms)?,
            Some(at) => self.line.send_slice(at, &mut slice, length, patience_ms)?,
        };
        Ok(Some((placed, bytes)))
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Writes what comes. What came is kept when it ends early.
fn receive(bytes: &mut impl Read, mut writer: Writer) -> Result<Taken, Failure> {
    let mut buffer = vec![0; COPIED_BYTES];
    loop {
        let read = match bytes.read(&mut buffer) {
            Ok(0) => return Ok(writer.finish(SystemTime::now())?),
            Ok(read) => read,
            Err(error) => {
                writer.cut(SystemTime::now())?;
                let message = format!("the other laptop cannot be reached: {error}");
                return Err(Failure::new(Code::Unreachable, message));
            }
        };
        writer.take(&buffer[..read], SystemTime::now())?;
    }
}
