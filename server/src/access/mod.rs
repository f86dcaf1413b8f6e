//! Who may do what on this laptop: pairings, codes, sessions and the manager's key. It knows no
//! HTTP.
//!
//! A device gets in once, by a code that a manager shows, and from then on by its token. The
//! manager at this machine gets in by the key in a file that only this machine's user can read.
//! What each may do is [`Permission`]; who somebody is, [`Access::resolve`]. `docs/THREATS.md` says
//! what this defends against and what not.
//!
//! Nothing here reads a clock: every moment comes in as a value.

mod attempts;
mod authentication;
mod caller;
mod codes;
mod error;
mod hosts;
mod manager_key;
mod pairing;
mod session;
mod state;
mod token;
mod tries;

pub use caller::{Caller, Credential, Paired, Permission};
pub use codes::OpenCode;
pub use error::AccessError;
pub use hosts::Premises;
pub use manager_key::ManagerKey;
pub use state::Access;
pub use tries::{Telling, Tried};
