//! Laptops among themselves: this laptop asks another one, through the same API that phones use.
//!
//! [`meet`] drives the conversation of `chasqui_shared` over a [`Line`] and stores through the store's one write path,
//! signatures checked; [`exchange`] then moves the files that one side has and the other lacks. [`Meetings`] are those that the running server holds. What may be said and what is
//! taken is decided in `chasqui_shared`; whom this laptop speaks to, by a person who named a [`PeerUrl`].

mod conversation;
mod entrance;
mod exchange;
mod line;
mod line_files;
mod peer_url;
mod register;
mod way;

pub use conversation::{MeetingError, Met, Watcher, meet};
pub use entrance::{Entered, enter};
pub use exchange::{FilesMoved, exchange};
pub use line::{Line, PeerHello};
pub(crate) use line::{agent, hello_at};
pub use peer_url::PeerUrl;
pub use register::{Meeting, MeetingNotice, MeetingState, Meetings};
pub use way::{UnsureLine, Way};
