//! A socket that listens, and serving from it.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    sync::Arc,
};

use axum::Router;
use axum_server::{
    Handle, Server,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};

use super::registry::Connections;
use crate::{connections::acceptor::Acceptor, limits};

/// A socket that listens.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Listens at an address; port 0 takes any free port.
    pub fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An address that this machine itself reaches it under.
    pub fn own_address(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(ip, self.address.port())
    }

    /// Serves http, or https as `tls` says at each connection, until the handle ends it.
    pub async fn serve(
        self,
        tls: Option<RustlsConfig>,
        routes: Router,
        connections: Arc<Connections>,
        handle: Handle<SocketAddr>,
    ) -> io::Result<()> {
        let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
        let unserved = connections.clone();
        let server = axum_server::from_tcp(self.socket)?.handle(handle);
        let server = server.accept_error_handler(move |_, error| unserved.failed(error));
        let (server, acceptor) = (without_silence(server), Acceptor(connections));
        match tls {
            Some(tls) => {
                server.acceptor(RustlsAcceptor::new(tls).acceptor(acceptor)).serve(routes).await
            }
            None => server.acceptor(acceptor).serve(routes).await,
        }
    }
}

/// Has a server close connections on which nothing is asked: a phone that leaves the wifi does not
/// say so.
fn without_silence<A>(mut server: Server<SocketAddr, A>) -> Server<SocketAddr, A> {
    let connections = server.http_builder();
    connections
        .http1()
        .header_read_timeout(limits::SILENCE_TIME_MAX)
        .max_buf_size(limits::SEND_BUFFER_BYTES);
    connections
        .http2()
        .max_concurrent_streams(limits::STREAMS_MAX)
        .max_send_buf_size(limits::SEND_BUFFER_BYTES)
        // A phone sends no more ahead than the wifi carries: what is on its way when that breaks is
        // lost.
        .adaptive_window(true)
        .keep_alive_interval(limits::SILENCE_TIME_MAX)
        .keep_alive_timeout(limits::FIRST_REQUEST_TIME_MAX);
    server.first_request_timeout(limits::FIRST_REQUEST_TIME_MAX)
}
