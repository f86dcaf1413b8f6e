//! The asking side of the conversation, as a machine without I/O.
//!
//! Feed it what happened with [`Session::handle_input`], then take [`Session::poll_output`] until
//! it says `None`; when [`Session::next_deadline`] has passed, feed [`Input::Tick`]. It never reads
//! a clock: `now_ms` is any count of milliseconds that does not go back.

mod conversation;
mod round;
mod step;
#[cfg(test)]
mod tests;
mod turn;

pub use conversation::Session;
pub use turn::{Input, Output, Progress, Reply, Request};
