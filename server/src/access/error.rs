//! Why somebody is not let in.

use crate::{limits, store::StoreError};

/// Why somebody is not let in, or does not get what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// No token, or one that this laptop did not give.
    #[error("this device is not paired with this laptop; ask its manager for a code")]
    NotPaired,
    /// The device's way in was taken from it.
    #[error(
        "this device's way in was taken from it; ask the manager of this laptop for a new code"
    )]
    Revoked,
    /// A manager may do this, and nobody else.
    #[error("only a manager may do this")]
    ManagerOnly,
    /// The manager's key was sent from another machine.
    #[error(
        "the manager's key opens this laptop on this machine alone; elsewhere, pair as a manager"
    )]
    LoopbackOnly,
    /// Neither the manager's key nor the token of a manager.
    #[error("this is not the manager's key, nor the token of a manager")]
    SessionRefused,
    /// The code is wrong, used or too old, or the device did not sign it for this laptop: one
    /// answer for all.
    #[error("the code is wrong, used or too old; ask the manager for a new one")]
    CodeRefused,
    /// The name is empty, too long, or has characters that cannot be shown.
    #[error(
        "a name has 1 to {} bytes, all of them to be shown",
        chasqui_shared::limits::MEMBER_NAME_BYTES_MAX
    )]
    NameUnusable,
    /// There are [`limits::CODES_MAX`] open codes.
    #[error("{} codes are open; use them, or wait until one has ended", limits::CODES_MAX)]
    TooManyCodes,
    /// There are [`limits::PAIRINGS_MAX`] pairings.
    #[error("this laptop has {} pairings, and takes no more", limits::PAIRINGS_MAX)]
    TooManyPairings,
    /// Somebody guesses.
    #[error("too many attempts; try again in {wait_s} s")]
    TooManyAttempts {
        /// When the next attempt is let through, in seconds.
        wait_s: u64,
    },
    /// Its records can be set aside once its way in was taken from it.
    #[error("this device is still let in; revoke it first, then set its records aside")]
    NotRevoked,
    /// No such device was ever let in.
    #[error("no such device is paired with this laptop")]
    Unknown,
    /// The request names a host that is not this laptop.
    #[error("this laptop does not go by this name; use its address, or start it with --host NAME")]
    HostRefused,
    /// The page is of another origin, and no paired device's.
    #[error("a page of another origin may not do this")]
    OriginRefused,
    /// This side could not read or write.
    #[error(transparent)]
    Store(#[from] StoreError),
}
