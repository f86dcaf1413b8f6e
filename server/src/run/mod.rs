//! The running server: opens the store, listens, and stops when it is told to.

mod config;
mod follow;
mod orphans;
mod serving;
mod upkeep;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::SystemTime,
};

use axum::Extension;
use axum_server::Handle;
use tokio::sync::watch;

pub use config::{Announcing, Config, HTTP_DEFAULT, HTTPS_DEFAULT, default_data_directory};
pub use serving::{Serving, ServingNote};

use self::{
    follow::{follow, list, presented},
    upkeep::{keep_packed, open_whole, tidy},
};
use crate::{
    access::{Access, ManagerKey, Premises},
    audit,
    connections::Listener,
    http::{App, Encrypted, app, plain_app},
    limits,
    media::{self, Media},
    network::{
        addresses::Addresses,
        discovery::{self, Announcer, Laptop, PrivateAddresses, Reach, host_name},
        https::{Credentials, HttpsError, OperatorCertificate, Presented},
    },
    project::clock_doubt,
    store::{Store, StoreError, is_full},
    system::{open_files, wall_clock},
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
    media: Arc<Media>,
    data: PathBuf,
    note: Option<ServingNote>,
    http: Listener,
    https: Option<(Listener, Arc<Presented>)>,
    manager_key: ManagerKey,
    hosts: Vec<String>,
    announcing: Announcing,
    /// What this machine has, if a listener depends on it.
    machine: watch::Receiver<PrivateAddresses>,
    addresses: watch::Sender<Arc<[String]>>,
}

/// Opens everything, serves until `stop` is done, then finishes what is under way and closes.
pub async fn run(config: Config, stop: impl Future<Output = ()>) -> Result<(), RunError> {
    Server::open(config).await?.serve(stop).await
}

impl Server {
    /// Opens the store, makes certificates if they are needed, and listens.
    pub async fn open(config: Config) -> Result<Self, RunError> {
        open_files::raise();
        let (data, begins_anew) = (config.data.clone(), config.begins_anew);
        let store = tokio::task::spawn_blocking(move || open_whole(&data, begins_anew));
        let store = Arc::new(store.await.map_err(io::Error::other)??);
        let (files, reserve) = (config.data.join(media::DIRECTORY), config.media_reserve_bytes);
        let media =
            tokio::task::spawn_blocking(move || Media::open(files, reserve, SystemTime::now()));
        let media = Arc::new(media.await.map_err(io::Error::other)??);
        let http = listen(config.http)?;
        let https = config.https.map(listen).transpose()?;
        let is_on_all = |listener: &Listener| listener.address().ip().is_unspecified();
        let machine = match std::iter::once(&http).chain(&https).any(is_on_all) {
            true => discovery::watch(Reach::Private),
            false => watch::channel(PrivateAddresses::default()).1,
        };
        let present = |listener: Listener| -> Result<_, HttpsError> {
            let at = listener.address().ip();
            let credentials = credentials(&config, &store)?;
            let presented = Presented::new(credentials, at, &machine.borrow())?;
            Ok((listener, Arc::new(presented)))
        };
        let https = https.map(present).transpose()?;
        let url = format!("http://{}", http.own_address());
        let manager_key = match unless_full(ManagerKey::open(&config.data))? {
            Some(key) => key,
            // Good for as long as this program runs.
            None => ManagerKey::random()?,
        };
        let (pid, device, key) = (std::process::id(), store.device(), manager_key.clone());
        let serving = Serving { pid, url, device, key };
        let note = unless_full(serving.leave(&config.data))?;
        let addresses =
            watch::Sender::new(list(http.address(), presented(&https).as_ref(), &machine.borrow()));
        let Config { data, announcing, hosts, .. } = config;
        Ok(Self {
            store,
            media,
            data,
            note,
            http,
            https,
            manager_key,
            hosts,
            announcing,
            machine,
            addresses,
        })
    }

    /// Where http listens; the port is the real one if 0 was asked for.
    pub fn http_address(&self) -> SocketAddr {
        self.http.address()
    }

    /// Where https listens, if it does.
    pub fn https_address(&self) -> Option<SocketAddr> {
        self.https.as_ref().map(|(listener, _)| listener.address())
    }

    /// The manager's page on this machine, with the key that opens it.
    pub fn manager_link(&self) -> String {
        let (at, key) = (self.http.own_address(), self.manager_key.as_str());
        format!("http://{at}/manager/#key={key}")
    }

    /// Addresses of this machine that are bound one by one: from there, too, comes only who is at
    /// this machine.
    fn own_ips(&self) -> Vec<IpAddr> {
        let https = self.https_address().into_iter();
        let bound = https.chain([self.http.address()]).map(|at| at.ip());
        bound.filter(|ip| !ip.is_unspecified()).collect()
    }

    /// Base addresses that phones can be given, https first; while it serves, they follow those of
    /// this machine.
    pub fn addresses(&self) -> Addresses {
        self.addresses.subscribe().into()
    }

    /// What lets this laptop be found, if it wants to be and other machines reach its https: they
    /// are given nothing of use by plain http.
    fn announcer(&self) -> Option<Announcer> {
        let ohai = match self.announcing {
            Announcing::Off => return None,
            Announcing::On => false,
            Announcing::OnWithOhai => true,
        };
        let at = self.https_address()?;
        let laptop = Laptop {
            project: self.store.project(),
            device: self.store.committed().owner.device,
            name: self.store.name().to_owned(),
            port: at.port(),
        };
        Reach::of_listener(at.ip()).map(|reach| Announcer { laptop, reach, ohai })
    }

    /// Serves until `stop` is done. Requests that are under way then have [`limits::STOP_TIME_MAX`]
    /// to end.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let (stopping, is_stopping) = watch::channel(false);
        let spool = self.data.join("spool");
        unless_full(empty_spool(&spool))?;
        let now = wall_clock::now();
        if let Some(probably) = clock_doubt::doubt(&self.store, now) {
            tracing::warn!(%now, %probably, "the clock of this laptop is probably wrong: set it right");
        }
        let addresses = self.addresses();
        let announced = announce(self.announcer(), is_stopping.clone());
        let presented = presented(&self.https);
        let authority = presented.as_ref().and_then(|(_, presented)| presented.authority());
        let premises = Premises { names: self.hosts.clone(), own: self.own_ips() };
        let access = Access::new(self.store.clone(), self.manager_key.clone(), premises);
        let state = App::new(access, spool, self.media.clone(), addresses, is_stopping)
            .with_authority(authority)
            .with_open_files(open_files::raise());
        let (meetings, connections) = (state.meetings(), state.connections().clone());
        let plain = plain_app(state.clone());
        let routes = app(state).layer(Extension(Encrypted));
        let handle = Handle::new();
        let tidying = tidy(self.store.clone(), self.media.clone());
        let keeping = audit::keep(self.store.clone());
        let packing = keep_packed(self.store.clone());
        let following = follow(self.machine, self.addresses, self.http.address(), presented);
        let sweeping = connections.clone().keep_sweeping();
        let http = self.http.serve(None, plain, connections.clone(), handle.clone());
        let https = async {
            match self.https {
                Some((listener, presented)) => {
                    let tls = Some(presented.config());
                    listener.serve(tls, routes, connections, handle.clone()).await
                }
                None => Ok(()),
            }
        };
        let ending = async {
            stop.await;
            tracing::info!("stopping");
            stopping.send_replace(true);
            handle.graceful_shutdown(Some(limits::STOP_TIME_MAX));
            Ok(())
        };
        let served = tokio::select! {
            served = async { tokio::try_join!(http, https, announced, ending) } => served,
            never = following => match never {},
            never = tidying => match never {},
            never = keeping => match never {},
            never = packing => match never {},
            never = sweeping => match never {},
        };
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

/// Answers those who look for this laptop, until it stops.
async fn announce(
    announcer: Option<Announcer>,
    mut is_stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    if let Some(announcer) = announcer {
        let addresses = discovery::watch(announcer.reach);
        // The sender is only gone once the program stops.
        let stop = async { drop(is_stopping.wait_for(|stopping| *stopping).await) };
        announcer.run(addresses, stop).await;
    }
    Ok(())
}

fn credentials(config: &Config, store: &Store) -> Result<Credentials, HttpsError> {
    match &config.certificate {
        Some(files) => Ok(Credentials::Operator(OperatorCertificate::read(files)?)),
        None => Credentials::own(&config.data, host_name(store.committed().owner.device)),
    }
}

fn listen(address: SocketAddr) -> Result<Listener, RunError> {
    Listener::bind(address).map_err(|source| RunError::Listen { address, source })
}

/// Goes on without what a full disk has no room for: what is held can then still be read and taken
/// away.
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
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(spool)
}
