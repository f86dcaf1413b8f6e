//! Where a socket becomes a connection that is counted.

use std::{
    future::{Ready, ready},
    io,
    sync::Arc,
};

use axum::{Extension, middleware::AddExtension};
use axum_server::accept::Accept;
use tokio::{net::TcpStream, time::Instant};
use tower::Layer;

use super::{connection::Connection, registry::Connections, tracked::Tracked};

/// Lets connections in as [`Connections::admit`] says; each request on one has its [`Connection`]
/// among its extensions.
#[derive(Clone, Debug)]
pub struct Acceptor(pub Arc<Connections>);

impl<S> Accept<TcpStream, S> for Acceptor {
    type Stream = Tracked;
    type Service = AddExtension<S, Arc<Connection>>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(stream.peer_addr().and_then(|peer| {
            let admitted = self.0.admit(peer.ip(), Instant::now());
            let connection = admitted.ok_or(io::ErrorKind::ConnectionRefused)?;
            let service = Extension(connection.clone()).layer(service);
            Ok((Tracked::new(stream, connection, self.0.clone()), service))
        }))
    }
}
