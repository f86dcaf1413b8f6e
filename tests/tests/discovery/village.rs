//! The laptop and the people around it, and what they ask of it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    thread::JoinHandle,
    time::Duration,
};

use chasqui_server::discovery::{
    Announcer, Found, Laptop, Nonce, Question, Reach, Way, find_until, watch,
};
use chasqui_shared::{DeviceId, ProjectId};
use tokio::{net::UdpSocket, sync::oneshot, time::timeout};

use crate::discovery::wifi::Machine;

/// Longer than anything here takes; only a failure waits for it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Both ways of being found.
pub const BOTH: &[Way] = &[Way::Announcement, Way::Mdns];

/// The laptop with this key.
pub fn laptop(key: u8) -> Laptop {
    Laptop {
        project: ProjectId([1; 16]),
        device: DeviceId([key; 32]),
        name: "Oficina".into(),
        port: 8443,
    }
}

/// A laptop that is being announced until it is stopped.
pub struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Starts it, reached where it is said.
    pub fn on(machine: &Machine, laptop: Laptop, reach: Reach, ohai: bool) -> Self {
        let (stop, stopped) = oneshot::channel();
        let thread = machine.start(move || async move {
            let announcer = Announcer { laptop, reach, ohai };
            announcer.run(watch(reach), async { drop(stopped.await) }).await;
        });
        Self { stop, thread }
    }

    /// Stops it, and waits until it has.
    pub fn stop(self) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap();
    }
}

/// The laptop, with Alice on its wifi, Bob on its cable and a stranger from the internet.
pub struct Village {
    pub laptop: Machine,
    pub alice: Machine,
    pub bob: Machine,
    pub stranger: Machine,
}

impl Village {
    fn build() -> Option<Self> {
        let village = Self {
            laptop: Machine::alone()?,
            alice: Machine::alone()?,
            bob: Machine::alone()?,
            stranger: Machine::alone()?,
        };
        village.laptop.join("10.77.0.1/24", &village.alice, "10.77.0.2/24");
        village.laptop.join("10.78.0.1/24", &village.bob, "10.78.0.2/24");
        village.laptop.join("203.0.113.1/24", &village.stranger, "203.0.113.2/24");
        eprintln!("in network namespaces");
        Some(village)
    }
}

/// Runs a story where namespaces can be made, and says so where they cannot.
pub fn in_village(story: impl FnOnce(&Village)) {
    match Village::build() {
        Some(village) => story(&village),
        None => eprintln!("left out: no right to make network namespaces"),
    }
}

/// Looks for laptops from `machine` until so many were heard in all these ways.
pub fn find_from(
    machine: &Machine,
    reach: Reach,
    ways: &'static [Way],
    laptops: usize,
) -> Vec<Found> {
    machine.run(move || async move {
        let is_heard = |one: &&Found| ways.iter().all(|way| one.ways.contains(way));
        let is_enough = |found: &[Found]| found.iter().filter(is_heard).count() == laptops;
        let found = find_until(reach, PATIENCE, is_enough).await.unwrap();
        assert!(is_enough(&found) && found.len() == laptops, "{found:?}");
        found
    })
}

/// Looks for the one laptop from `machine` until it was heard in all these ways.
pub fn find_one(machine: &Machine, reach: Reach, ways: &'static [Way]) -> Found {
    find_from(machine, reach, ways, 1).remove(0)
}

/// Where to try, as text.
pub fn urls(found: &Found) -> Vec<String> {
    found.urls.iter().map(ToString::to_string).collect()
}

/// Sends each datagram in turn from `machine`'s `own` address and returns the first answer.
pub fn ask(machine: &Machine, own: [u8; 4], to: SocketAddr, datagrams: Vec<Vec<u8>>) -> Vec<u8> {
    machine.run(move || async move {
        let socket = asking(own).await;
        for datagram in datagrams {
            socket.send_to(&datagram, to).await.unwrap();
        }
        let mut answer = [0; 2_000];
        let (bytes, _) = timeout(PATIENCE, socket.recv_from(&mut answer)).await.unwrap().unwrap();
        answer[..bytes].to_vec()
    })
}

/// A socket that asks from this address.
pub async fn asking(own: [u8; 4]) -> UdpSocket {
    let own = Ipv4Addr::from(own);
    let socket = UdpSocket::bind((own, 0)).await.unwrap();
    socket2::SockRef::from(&socket).set_multicast_if_v4(&own).unwrap();
    socket
}

/// A question with this nonce.
pub fn question(nonce: u8) -> Vec<u8> {
    Question { nonce: Nonce([nonce; 8]) }.encode()
}
