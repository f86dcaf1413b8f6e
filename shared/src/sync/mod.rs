//! The sync conversation. One side asks, with [`Session`]; the other answers, with
//! [`respond_to_offer`], [`respond_to_batch`] and [`respond_to_wanted`].
//!
//! Beside it is the audit: [`Comparison`] and [`VersionSet`] compare by hashes what both sides
//! hold, whatever their clocks say. Phone with laptop, laptop with laptop and the simulation all go
//! through these. `docs/PROTOCOL.md` says the same in words, for writing another client.

mod hashes;
mod message;
mod notice;
mod respond;
mod session;

pub use hashes::{
    Comparison, Difference, HashMessage, HashRequest, HashResponse, Located, PlacesRequest,
    PlacesResponse, VersionSet,
};
pub use message::{Batch, BatchResponse, Locator, Offer, OfferResponse, Since, WantedRequest};
pub use notice::Notice;
pub use respond::{
    RespondError, collect, common_position, locate, offer, respond_to_batch, respond_to_offer,
    respond_to_wanted,
};
pub use session::{Input, Output, Progress, Reply, Request, Session};
