//! The running server: opens the store, listens, and stops when it is told to.

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
};

use axum::{Extension, Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use tokio::sync::watch;

use crate::{
    access::{Access, ManagerKey, Premises},
    config::Config,
    http::{App, Encrypted, app},
    https::{self, HttpsError, private_addresses},
    limits,
    serving::{Serving, ServingNote},
    store::{Store, StoreError, is_full},
};

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The data cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There are no certificates.
    #[error(transparent)]
    Https(#[from] HttpsError),
    /// A listener failed while it was serving, or a file beside the store cannot be written.
    #[error("the server failed")]
    Serve(#[from] io::Error),
}

/// A server that listens and is not yet serving.
#[derive(Debug)]
pub struct Server {
    store: Arc<Store>,
    data: PathBuf,
    note: Option<ServingNote>,
    http: Listener,
    https: Option<(Listener, RustlsConfig)>,
    manager_key: ManagerKey,
    hosts: Vec<String>,
}

#[derive(Debug)]
struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

/// Opens everything, serves until `stop` is done, then finishes what is under way and closes.
pub async fn run(config: Config, stop: impl Future<Output = ()>) -> Result<(), RunError> {
    Server::open(config).await?.serve(stop).await
}

impl Server {
    /// Opens the store, makes certificates if they are needed, and listens.
    pub async fn open(config: Config) -> Result<Self, RunError> {
        let data = config.data.clone();
        let store = tokio::task::spawn_blocking(move || Store::open(&data));
        let store = store.await.map_err(io::Error::other)??;
        let http = listen(config.http)?;
        let https = match config.https {
            Some(address) => {
                let tls = RustlsConfig::from_config(https::server_config(&config.data)?);
                Some((listen(address)?, tls))
            }
            None => None,
        };
        let url = format!("http://{}", reachable(http.address));
        let manager_key = match unless_full(ManagerKey::open(&config.data))? {
            Some(key) => key,
            // Good for as long as this program runs.
            None => ManagerKey::random()?,
        };
        let serving = Serving { pid: std::process::id(), url, key: manager_key.clone() };
        let note = unless_full(serving.leave(&config.data))?;
        let (store, data, hosts) = (Arc::new(store), config.data, config.hosts);
        Ok(Self { store, data, note, http, https, manager_key, hosts })
    }

    /// Where http listens; the port is the real one if 0 was asked for.
    pub fn http_address(&self) -> SocketAddr {
        self.http.address
    }

    /// Where https listens, if it does.
    pub fn https_address(&self) -> Option<SocketAddr> {
        self.https.as_ref().map(|(listener, _)| listener.address)
    }

    /// The manager's page on this machine, with the key that opens it.
    pub fn manager_link(&self) -> String {
        let (at, key) = (reachable(self.http.address), self.manager_key.as_str());
        format!("http://{at}/manager/#key={key}")
    }

    /// Addresses of this machine that are bound one by one: from there, too, comes only who is at this machine.
    fn own_ips(&self) -> Vec<IpAddr> {
        let https = self.https_address().into_iter();
        let bound = https.chain([self.http.address]).map(|at| at.ip());
        bound.filter(|ip| !ip.is_unspecified()).collect()
    }

    /// Base addresses that phones can be given, https first.
    pub fn addresses(&self) -> Vec<String> {
        let https = self.https_address().into_iter().flat_map(|at| urls("https", at));
        https.chain(urls("http", self.http.address)).collect()
    }

    /// Serves until `stop` is done. Requests that are under way then have [`limits::STOP_TIME_MAX`] to end.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let (stopping, is_stopping) = watch::channel(false);
        let spool = self.data.join("spool");
        unless_full(empty_spool(&spool))?;
        let addresses = self.addresses();
        let premises = Premises { names: self.hosts.clone(), own: self.own_ips() };
        let access = Access::new(self.store.clone(), self.manager_key.clone(), premises);
        let state = App::new(access, spool, addresses, is_stopping);
        let meetings = state.meetings();
        let routes = app(state);
        let handle = Handle::new();
        let http = serve_http(self.http.socket, routes.clone(), handle.clone());
        let https = serve_https(self.https, routes, handle.clone());
        let ending = async {
            stop.await;
            tracing::info!("stopping");
            stopping.send_replace(true);
            handle.graceful_shutdown(Some(limits::STOP_TIME_MAX));
            Ok(())
        };
        let served = tokio::try_join!(http, https, ending);
        // While the store is open, no other server can have left a note of its own.
        drop(self.note);
        let store = self.store;
        let closing = tokio::task::spawn_blocking(move || {
            meetings.wait(limits::STOP_TIME_MAX);
            drop((meetings, store));
        });
        closing.await.map_err(io::Error::other)?;
        served?;
        Ok(())
    }
}

async fn serve_http(
    socket: TcpListener,
    routes: Router,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    let server = axum_server::from_tcp(socket)?.handle(handle);
    without_silence(server).serve(with_peers(routes)).await
}

async fn serve_https(
    listener: Option<(Listener, RustlsConfig)>,
    routes: Router,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    let Some((listener, tls)) = listener else { return Ok(()) };
    let server = axum_server::from_tcp_rustls(listener.socket, tls)?.handle(handle);
    without_silence(server).serve(with_peers(routes.layer(Extension(Encrypted)))).await
}

/// Tells each request the address at the other end of its connection.
fn with_peers(routes: Router) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    routes.into_make_service_with_connect_info()
}

/// Has a server close connections on which nothing is asked: a phone that leaves the wifi does not say so.
fn without_silence<A>(
    mut server: axum_server::Server<SocketAddr, A>,
) -> axum_server::Server<SocketAddr, A> {
    let connections = server.http_builder();
    connections.http1().header_read_timeout(limits::SILENCE_TIME_MAX);
    connections
        .http2()
        .keep_alive_interval(limits::SILENCE_TIME_MAX)
        .keep_alive_timeout(limits::FIRST_REQUEST_TIME_MAX);
    server.first_request_timeout(limits::FIRST_REQUEST_TIME_MAX)
}

fn listen(address: SocketAddr) -> Result<Listener, RunError> {
    let listening = || {
        let socket = TcpListener::bind(address)?;
        socket.set_nonblocking(true)?;
        let address = socket.local_addr()?;
        Ok(Listener { socket, address })
    };
    listening().map_err(|source| RunError::Listen { address, source })
}

/// Goes on without what a full disk has no room for: what is held can then still be read and taken away.
fn unless_full<T>(written: io::Result<T>) -> io::Result<Option<T>> {
    match written {
        Err(error) if is_full(&error) => {
            tracing::warn!("the disk is full: nothing more can be taken in before there is space");
            Ok(None)
        }
        written => written.map(Some),
    }
}

/// Uploads that a stopped program left behind are of no use.
fn empty_spool(spool: &std::path::Path) -> io::Result<()> {
    match std::fs::remove_dir_all(spool) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    std::fs::create_dir(spool)
}

/// An address that this machine itself reaches the listener under.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => ([127, 0, 0, 1], v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            (std::net::Ipv6Addr::LOCALHOST, v6.port()).into()
        }
        address => address,
    }
}

/// The addresses that a listener is reached under; every private one of this machine if it listens on all.
fn urls(scheme: &str, address: SocketAddr) -> Vec<String> {
    if !address.ip().is_unspecified() {
        return vec![format!("{scheme}://{address}")];
    }
    let mut ips = private_addresses();
    ips.sort_by_key(|ip| (ip.is_loopback(), ip.is_ipv6()));
    ips.into_iter()
        .filter(|ip| address.is_ipv6() || ip.is_ipv4())
        .map(|ip| format!("{scheme}://{}", SocketAddr::new(ip, address.port())))
        .collect()
}
