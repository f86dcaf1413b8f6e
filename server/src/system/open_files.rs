//! How many files this process may have open: each connection is one.

/// Asks the system for as many as it gives; returns how many that is.
#[cfg(unix)]
pub fn raise() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// What every system gives whose hard limit is none.
    const USUAL: u64 = 10_240;
    let limit = getrlimit(Resource::Nofile);
    let now = limit.current.unwrap_or(u64::MAX);
    for wanted in [limit.maximum, Some(USUAL)] {
        let more = wanted.unwrap_or(u64::MAX);
        if more <= now {
            return now;
        }
        if setrlimit(Resource::Nofile, Rlimit { current: wanted, ..limit }).is_ok() {
            return more;
        }
    }
    tracing::warn!(files = now, "the system lets this program open few files");
    now
}

/// The system knows no such limit for sockets.
#[cfg(not(unix))]
pub fn raise() -> u64 {
    u64::MAX
}
