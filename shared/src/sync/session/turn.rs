//! What goes into a session and what comes out of it.

use crate::{
    failure::Failure,
    log::{Clock, RunResult},
    sync::{
        message::{Batch, BatchResponse, Offer, OfferResponse, WantedRequest},
        notice::Notice,
    },
};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Time passed.
    Tick,
    /// There is reason to try now: a save, a network, a person.
    Wake,
    /// The peer answered the request with this number.
    Answered(u64, Reply),
    /// The request with this number failed.
    Failed(u64, Failure),
    /// The batch of [`Output::Store`] is durable.
    Stored(Vec<RunResult>),
    /// The batch of [`Output::Store`] could not be made durable.
    NotStored(Failure),
}

/// What a peer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To an offer.
    Offer(OfferResponse),
    /// To a pushed batch.
    Push(BatchResponse),
    /// To a question for entries.
    Pull(Batch),
}

/// What to ask the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `POST /api/v1/sync/offer`.
    Offer(Offer),
    /// `POST /api/v1/changes`.
    Push(Batch),
    /// `POST /api/v1/changes/wanted`.
    Pull(WantedRequest),
}

/// What the caller must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send this; come back with [`Input::Answered`] or [`Input::Failed`] and the same number.
    Ask(u64, Request),
    /// Make this durable through [`crate::take_run`]; come back with [`Input::Stored`] or
    /// [`Input::NotStored`].
    Store(Batch),
    /// Begin a new log before the next write: the present one is longer, or another, at the peer.
    Renew,
    /// Tell people.
    Notice(Notice),
    /// Both sides hold the same. Remember this clock for the next [`crate::Session::new`] with this
    /// peer.
    Finished(Clock),
    /// Nothing more can be done now; the next try is at [`crate::Session::next_deadline`].
    GaveUp(Failure),
}

/// Entries moved so far in this conversation, and to be moved in all as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Moved, both ways.
    pub done: u64,
    /// Known of.
    pub total: u64,
}
