//! Answers datagrams: one answer a window to each neighbour, and nothing to anyone else.
//!
//! One socket a port, in the group on every private interface. A sender counts as a neighbour when
//! it is on the network of one of this machine's private addresses, so a question from the
//! internet, or one that was routed here, is never answered, whatever interface it came in by. When
//! an address comes or goes the socket is made anew, which joins and leaves by itself; whatever is
//! lost meanwhile is asked again.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    time::Instant,
};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::{net::UdpSocket, sync::watch, time::sleep};
use tracing::{debug, info, warn};

use super::{
    addresses::{PrivateAddress, PrivateAddresses},
    allowance::Allowance,
    announcement::{Answer, Nonce, Question, is_ohai, ohai_answer},
    base_address::BaseAddress,
    error::DiscoveryError,
    laptop::Laptop,
    limits,
};

/// The multicast group of the announcement.
pub const GROUP: Ipv4Addr = Ipv4Addr::new(239, 77, 77, 77);

/// A port at which this laptop can be asked, and what is asked there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// [`Question`], padded; the answer is never longer.
    Announcement,
    /// A plain `OHAI`; the answer is longer, so it is rare.
    Ohai,
}

impl Door {
    /// The UDP port.
    pub const fn port(self) -> u16 {
        match self {
            Self::Announcement => 47_777,
            Self::Ohai => 1_337,
        }
    }

    fn allowance(self) -> Allowance {
        match self {
            Self::Announcement => {
                Allowance::new(limits::QUESTION_WINDOW, limits::QUESTION_ANSWERS_MAX)
            }
            Self::Ohai => Allowance::new(limits::OHAI_WINDOW, limits::OHAI_ANSWERS_MAX),
        }
    }

    fn hear(self, datagram: &[u8]) -> Option<Asked> {
        match self {
            Self::Announcement => {
                Question::decode(datagram).ok().map(|question| Asked::Who(question.nonce))
            }
            Self::Ohai => is_ohai(datagram).then_some(Asked::Ohai),
        }
    }
}

enum Asked {
    Who(Nonce),
    Ohai,
}

/// Answers at `door`, under the addresses of each moment, until it is dropped. Never gives up: a
/// port that cannot be opened is tried again.
pub(super) async fn respond(
    door: Door,
    laptop: &Laptop,
    mut addresses: watch::Receiver<PrivateAddresses>,
) {
    let mut responder = Responder { door, laptop, allowance: door.allowance() };
    let mut is_warned = false;
    loop {
        let current = addresses.borrow_and_update().clone();
        let ended = async {
            let error = match open(door, &current) {
                Ok(socket) => {
                    info!(port = door.port(), "answering those who look for this laptop");
                    DiscoveryError::Port {
                        port: door.port(),
                        source: responder.serve(&socket, &current).await,
                    }
                }
                Err(error) => error,
            };
            if !std::mem::replace(&mut is_warned, true) {
                warn!(port = door.port(), %error, "this laptop cannot be found by UDP for now");
            }
            sleep(limits::RETRY_PAUSE).await;
        };
        tokio::select! {
            () = ended => {}
            () = changed(&mut addresses) => is_warned = false,
        }
    }
}

/// Waits for another set of addresses; for ever when nobody looks at them any more.
async fn changed(addresses: &mut watch::Receiver<PrivateAddresses>) {
    if addresses.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn open(door: Door, addresses: &PrivateAddresses) -> Result<UdpSocket, DiscoveryError> {
    let socket = bind(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, door.port()))?;
    for PrivateAddress { interface, ip, .. } in addresses.iter() {
        if let Err(error) = socket.join_multicast_v4(GROUP, *ip)
            && error.kind() != io::ErrorKind::AddrInUse
        {
            debug!(interface, %error, "no multicast on {interface}");
        }
    }
    Ok(socket)
}

/// A socket whose datagrams no router passes on, beside others on the same port.
pub(super) fn bind(at: SocketAddrV4) -> Result<UdpSocket, DiscoveryError> {
    let open = || {
        let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
        if at.port() != 0 {
            share_port(&socket)?;
        }
        socket.set_ttl_v4(1)?;
        socket.set_multicast_ttl_v4(1)?;
        socket.set_nonblocking(true)?;
        socket.bind(&at.into())?;
        UdpSocket::from_std(socket.into())
    };
    open().map_err(|source| DiscoveryError::Port { port: at.port(), source })
}

/// Lets a second server on this machine hear the group too. BSD and macOS want another option for
/// that.
fn share_port(socket: &Socket) -> io::Result<()> {
    #[cfg(all(unix, not(target_os = "linux")))]
    socket.set_reuse_port(true)?;
    socket.set_reuse_address(true)
}

struct Responder<'a> {
    door: Door,
    laptop: &'a Laptop,
    allowance: Allowance,
}

impl Responder<'_> {
    /// Answers until receiving fails, and returns that failure.
    async fn serve(&mut self, socket: &UdpSocket, addresses: &PrivateAddresses) -> io::Error {
        // One byte more than the longest question, so that a longer one is seen to be longer.
        let mut datagram = [0; limits::QUESTION_BYTES_MAX + 1];
        loop {
            let (bytes, source) = match socket.recv_from(&mut datagram).await {
                Ok(received) => received,
                // Windows tells so that an asker had gone when its answer came.
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => continue,
                Err(error) => return error,
            };
            let answer = self.answer(source, &datagram[..bytes], addresses, Instant::now());
            if let Some(answer) = answer
                && let Err(error) = socket.send_to(&answer, source).await
            {
                debug!(%error, "an answer could not be sent");
            }
        }
    }

    /// What to send back, if anything.
    fn answer(
        &mut self,
        source: SocketAddr,
        datagram: &[u8],
        addresses: &PrivateAddresses,
        now: Instant,
    ) -> Option<Vec<u8>> {
        let SocketAddr::V4(source) = source else { return None };
        if source.port() < limits::SOURCE_PORT_MIN {
            return None;
        }
        let near = addresses.beside((*source.ip()).into())?;
        let asked = self.door.hear(datagram)?;
        self.allowance.take(*source.ip(), now).then(|| match asked {
            Asked::Who(nonce) => self.full_answer(nonce, near, addresses).encode(),
            Asked::Ohai => ohai_answer(self.laptop.port, near.ip),
        })
    }

    /// The address that the asker shares a network with comes first.
    fn full_answer(
        &self,
        nonce: Nonce,
        near: &PrivateAddress,
        addresses: &PrivateAddresses,
    ) -> Answer {
        let others = addresses.iter().filter(|one| *one != near);
        let urls = std::iter::once(near)
            .chain(others)
            .filter_map(|one| BaseAddress::new(one.ip, self.laptop.port));
        let Laptop { project, device, name, .. } = self.laptop.clone();
        Answer { nonce, project, device, name, urls: urls.collect() }
    }
}

#[cfg(test)]
mod tests;
