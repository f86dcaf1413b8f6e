//! What reaches the laptop from outside of the conversation: requests of anybody, files, datagrams.

mod datagram;
mod import;
mod requests;

pub use datagram::datagram;
pub use import::import;
pub use requests::requests;

/// The first inputs of each target here.
pub(super) fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "datagram" => datagram::seeds(),
        "import" => import::seeds(),
        "requests" => requests::seeds(),
        _ => Vec::new(),
    }
}
