//! What goes into a transfer and what comes out of it.

use crate::{failure::Failure, id::ContentHash, media::stored::StoredResponse, record::MediaRef};

/// A file, and which way it is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The file. Its size is what this side knows of it.
    pub file: MediaRef,
    /// Which way.
    pub direction: Direction,
}

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// This side has it; the peer gets it if it lacks it.
    Send,
    /// This side has so many bytes of it, from the beginning, and gets the others.
    Fetch {
        /// Bytes.
        offset: u64,
        /// Whether the peer is asked first if it has the file.
        ask: bool,
    },
}

/// Where an upload is at the peer, and how much of it is durable there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The path below the peer's base address.
    pub upload: String,
    /// Bytes; the size of the file once it is whole, hashed and durable.
    pub offset: u64,
}

/// Something that happened. What is said of a request that is not under way is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// These files are to be where they are lacking. Nothing begins before [`Input::Plan`] or
    /// [`Input::Wake`].
    Want(Vec<Wanted>),
    /// Ask which of the wanted files the peer has, and move none yet.
    Plan,
    /// There is reason to try now.
    Wake,
    /// Time passed.
    Tick,
    /// The peer answered which files it has.
    Answered(u64, StoredResponse),
    /// The peer has so much of a file now, durable.
    Sent {
        /// The request.
        request: u64,
        /// Where it goes on.
        at: Placed,
        /// Size of the whole file, as it was found here.
        bytes: u64,
    },
    /// This side has so much of a file now, durable, and has checked its hash if that is all.
    Fetched {
        /// The request.
        request: u64,
        /// Bytes from the beginning.
        offset: u64,
        /// Size of the whole file, as the peer says.
        bytes: u64,
    },
    /// A request failed.
    Failed {
        /// The request.
        request: u64,
        /// Why.
        failure: Failure,
        /// How much of the file is durable in spite of it, where that is known.
        offset: Option<u64>,
    },
    /// The file of this request is not to be moved any more: this side lost it.
    Dropped(u64),
}

/// What the caller must do, or tell. A request is answered with an [`Input`] of the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Ask which of these files the peer has, at most [`crate::limits::HELD_MAX`].
    Ask {
        /// The request.
        request: u64,
        /// The files.
        hashes: Vec<ContentHash>,
    },
    /// Send the next bytes of a file: begin its upload, or go on with it.
    Send {
        /// The request.
        request: u64,
        /// The file.
        file: MediaRef,
        /// Where it goes on; `None` to begin.
        at: Option<Placed>,
        /// Most bytes of the slice.
        bytes_max: u64,
        /// The request gives up by itself after so many milliseconds.
        patience_ms: u64,
    },
    /// Fetch the next bytes of a file.
    Fetch {
        /// The request.
        request: u64,
        /// The file.
        file: MediaRef,
        /// Where the slice begins.
        offset: u64,
        /// Most bytes of the slice.
        bytes_max: u64,
        /// The request gives up by itself after so many milliseconds.
        patience_ms: u64,
    },
    /// A file is whole where it was lacking.
    Arrived(MediaRef),
    /// A file is not moved in this round; the others are.
    PutBack(MediaRef, Failure),
    /// Nothing can be moved now. It goes on at [`super::Transfer::next_deadline`].
    Interrupted(Failure),
    /// The same, and trying again by itself is of no use. No file is wanted any more.
    GaveUp(Failure),
    /// All that was wanted was moved, or put back.
    Finished,
}

/// How far a round is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Files that arrived.
    pub done: u64,
    /// Files to be moved.
    pub total: u64,
    /// Bytes of them that arrived.
    pub done_bytes: u64,
    /// All their bytes.
    pub total_bytes: u64,
}
