//! Every connection, how many there may be, and which one goes when there are too many.
//!
//! Of those that are too many the idlest of the one who has most goes first, so that nobody keeps
//! anybody else out by holding connections: a client whose idle connection was closed opens
//! another. Connections from this very machine are counted apart from all others.

mod acceptor;
mod connection;
mod listener;
mod pace;
mod registry;
#[cfg(test)]
mod tests;
mod tracked;

pub use connection::Connection;
pub use listener::Listener;
pub use registry::{Connections, Numbers};
