//! Everything by which a laptop lets itself be found, as one future.

use std::future::Future;

use tokio::sync::watch;
use tracing::warn;

use super::{
    addresses::{PrivateAddresses, Reach},
    laptop::Laptop,
    mdns::Registered,
    responder::{Door, respond},
};

/// Answers those who look for a laptop.
#[derive(Clone, Debug)]
pub struct Announcer {
    /// Who is found.
    pub laptop: Laptop,
    /// Where: the same as the watched addresses.
    pub reach: Reach,
    /// Whether a plain `OHAI` on port 1337 is answered too. Off, unless the operator wants it: it
    /// is the one answer that is longer than its question.
    pub ohai: bool,
}

impl Announcer {
    /// Answers until `stop`, then says goodbye, within [`super::limits::GOODBYE_TIME_MAX`].
    ///
    /// `addresses` are those of [`super::watch`]. A way that does not work is logged and left out:
    /// being found never keeps a laptop from serving. Call it inside a tokio runtime.
    pub async fn run(
        self,
        addresses: watch::Receiver<PrivateAddresses>,
        stop: impl Future<Output = ()>,
    ) {
        let registered = Registered::new(&self.laptop, self.reach)
            .inspect_err(|error| warn!(%error, "this laptop has no .local name for now"))
            .ok();
        let ohai = async {
            if self.ohai {
                respond(Door::Ohai, &self.laptop, addresses.clone()).await;
            }
        };
        let answering = async {
            tokio::join!(
                respond(Door::Announcement, &self.laptop, addresses.clone()),
                ohai,
                async {
                    if let Some(registered) = &registered {
                        registered.log_conflicts().await;
                    }
                }
            );
        };
        tokio::select! {
            () = answering => {}
            () = stop => {}
        }
        if let Some(registered) = registered {
            registered.withdraw().await;
        }
    }
}
