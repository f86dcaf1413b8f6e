//! The sync conversation. One side asks, with [`Session`]; the other answers, with [`answer_offer`], [`answer_batch`]
//! and [`answer_question`].
//!
//! Beside it is the audit: [`Comparison`] and [`VersionSet`] compare by hashes what both sides hold, whatever their clocks say.
//! Phone with laptop, laptop with laptop and the simulation all go through these. `docs/PROTOCOL.md` says the same in
//! words, for writing another client.

mod answer;
mod hashes;
mod message;
mod notice;
mod retry;
mod session;

pub use answer::{
    AnswerError, answer_batch, answer_offer, answer_question, collect, common_position, locate,
    offer,
};
pub use hashes::{
    Comparison, Difference, HashMessage, HashQuestion, HashReply, Located, PlacesQuestion,
    PlacesReply, VersionSet,
};
pub use message::{Batch, BatchAnswer, Locator, Offer, OfferAnswer, Question, Since};
pub use notice::Notice;
pub use retry::Retry;
pub use session::{Input, Output, Progress, Reply, Request, Session};
