//! What is told and presented of this laptop's addresses, as those of the machine come and go.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use tokio::sync::watch;

use crate::{
    connections::Listener,
    network::{addresses, discovery::PrivateAddresses, https::Presented},
};

/// Presents a leaf for the addresses of each moment, and tells them, until it is dropped.
pub(super) async fn follow(
    mut machine: watch::Receiver<PrivateAddresses>,
    addresses: watch::Sender<Arc<[String]>>,
    http: SocketAddr,
    https: Option<(SocketAddr, Arc<Presented>)>,
) -> Infallible {
    while machine.changed().await.is_ok() {
        let machine = machine.borrow_and_update().clone();
        // First the leaf: whoever is told an address can use it.
        if let Some((_, presented)) = &https
            && let Err(error) = presented.follow(&machine)
        {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "https is not believed under the new addresses");
        }
        let list = list(http, https.as_ref(), &machine);
        addresses.send_if_modified(|told| std::mem::replace(told, list.clone()) != list);
    }
    std::future::pending().await
}

/// Where https listens, and what it presents there.
pub(super) fn presented(
    https: &Option<(Listener, Arc<Presented>)>,
) -> Option<(SocketAddr, Arc<Presented>)> {
    https.as_ref().map(|(listener, presented)| (listener.address(), presented.clone()))
}

/// The addresses that phones can be given, for what the machine has now.
pub(super) fn list(
    http: SocketAddr,
    https: Option<&(SocketAddr, Arc<Presented>)>,
    machine: &PrivateAddresses,
) -> Arc<[String]> {
    let https = https.map(|(address, presented)| (*address, presented.credentials()));
    addresses::list(http, https, machine)
}
