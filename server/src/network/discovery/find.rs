//! Looks for laptops on every private network of this machine, by both ways at once.

use std::{
    io,
    net::{IpAddr, SocketAddrV4},
    time::Duration,
};

use tokio::{net::UdpSocket, sync::mpsc, task::JoinSet, time};
use tracing::{debug, warn};

use super::{
    addresses::{PrivateAddress, PrivateAddresses, Reach},
    announcement::{Answer, Nonce, Question},
    base_address::as_v4,
    error::DiscoveryError,
    found::{Found, Gathered},
    limits,
    mdns::Browsing,
    responder::{Door, GROUP, bind},
};

/// The laptops that answer within `timeout`, one entry a device, at most [`limits::FOUND_MAX`].
///
/// Three seconds are enough for a wifi. Nobody there is an empty list; an error means that nothing
/// could be asked. Call it inside a tokio runtime.
pub async fn find(reach: Reach, timeout: Duration) -> Result<Vec<Found>, DiscoveryError> {
    find_until(reach, timeout, |_| false).await
}

/// As [`find`], but returns as soon as what was found `is_enough`.
pub async fn find_until(
    reach: Reach,
    timeout: Duration,
    mut is_enough: impl FnMut(&[Found]) -> bool,
) -> Result<Vec<Found>, DiscoveryError> {
    let own = PrivateAddresses::now(reach).map_err(DiscoveryError::Interfaces)?;
    if own.is_empty() {
        return Err(DiscoveryError::NoPrivateNetwork);
    }
    let mut heard = listen(reach, &own)?;
    let mut gathered = Gathered::default();
    let gather = async {
        while let Some(found) = heard.answers.recv().await {
            gathered.add(found);
            if is_enough(&gathered.list(&own)) {
                return;
            }
        }
    };
    // Running out of time is how a search ends.
    let _ = time::timeout(timeout, gather).await;
    Ok(gathered.list(&own))
}

/// The tasks end with this value.
struct Heard {
    answers: mpsc::Receiver<Found>,
    _tasks: JoinSet<()>,
}

/// Starts asking by every way there is; an error only if there is none.
fn listen(reach: Reach, own: &PrivateAddresses) -> Result<Heard, DiscoveryError> {
    let question = Question { nonce: random_nonce()? };
    let (sender, answers) = mpsc::channel(limits::FOUND_MAX);
    let mut tasks = JoinSet::new();
    let mut failure = None;
    for address in own.iter().cloned() {
        match asking_socket(&address) {
            Ok(socket) => {
                tasks.spawn(ask(socket, address, question, sender.clone()));
            }
            Err(error) => failure = Some(error),
        }
    }
    match Browsing::new(reach) {
        Ok(browsing) => {
            tasks.spawn(browse(browsing, sender));
        }
        Err(error) => failure = Some(error),
    }
    match failure {
        Some(error) if tasks.is_empty() => Err(error),
        Some(error) => {
            warn!(%error, "one way of looking for laptops does not work");
            Ok(Heard { answers, _tasks: tasks })
        }
        None => Ok(Heard { answers, _tasks: tasks }),
    }
}

fn random_nonce() -> Result<Nonce, DiscoveryError> {
    let mut nonce = [0; 8];
    getrandom::fill(&mut nonce).map_err(DiscoveryError::Random)?;
    Ok(Nonce(nonce))
}

/// A socket on one interface alone, whose answers come back there.
fn asking_socket(address: &PrivateAddress) -> Result<UdpSocket, DiscoveryError> {
    let socket = bind(SocketAddrV4::new(address.ip, 0))?;
    socket2::SockRef::from(&socket)
        .set_multicast_if_v4(&address.ip)
        .map_err(|source| DiscoveryError::Port { port: 0, source })?;
    Ok(socket)
}

/// Asks again and again on one network, and passes on what comes back from it.
async fn ask(
    socket: UdpSocket,
    address: PrivateAddress,
    question: Question,
    answers: mpsc::Sender<Found>,
) {
    let datagram = question.encode();
    let mut rounds = time::interval(limits::QUESTION_PAUSE);
    let group = (GROUP, Door::Announcement.port());
    loop {
        tokio::select! {
            _ = rounds.tick() => {
                if let Err(error) = socket.send_to(&datagram, group).await {
                    debug!(address.interface, %error, "cannot ask on {}", address.interface);
                }
            }
            heard = hear(&socket, &address, question.nonce) => match heard {
                Ok(answer) => {
                    if answers.send(answer.into()).await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    debug!(address.interface, %error, "cannot hear on {}", address.interface);
                    return;
                }
            }
        }
    }
}

/// The next answer to our own question from this very network. Loses nothing when it is dropped.
async fn hear(socket: &UdpSocket, address: &PrivateAddress, nonce: Nonce) -> io::Result<Answer> {
    let mut datagram = [0; limits::ANSWER_BYTES_MAX + 1];
    loop {
        let (bytes, source) = match socket.recv_from(&mut datagram).await {
            Ok(received) => received,
            // Windows tells so that nobody was there to be asked.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => continue,
            Err(error) => return Err(error),
        };
        if let Some(answer) = believed(&datagram[..bytes], source.ip(), address, nonce) {
            return Ok(answer);
        }
    }
}

/// An answer to our own question from a neighbour; anything else is passed over.
fn believed(
    datagram: &[u8],
    source: IpAddr,
    address: &PrivateAddress,
    nonce: Nonce,
) -> Option<Answer> {
    let is_near = as_v4(source).is_some_and(|ip| address.is_beside(ip));
    Answer::decode(datagram).ok().filter(|answer| is_near && answer.nonce == nonce)
}

async fn browse(mut browsing: Browsing, answers: mpsc::Sender<Found>) {
    while let Some(found) = browsing.next().await {
        if answers.send(found).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use chasqui_shared::{DeviceId, ProjectId};

    use super::*;

    #[test]
    fn only_a_neighbour_with_the_nonce_of_this_search_is_believed() {
        let address = PrivateAddress {
            interface: "wlan0".into(),
            index: None,
            ip: [10, 42, 0, 9].into(),
            prefix_bits: 24,
        };
        let told = Answer {
            nonce: Nonce([7; 8]),
            project: ProjectId([1; 16]),
            device: DeviceId([2; 32]),
            name: "Office".into(),
            urls: Vec::new(),
        };
        let believes = |source: &str, nonce: u8| {
            believed(&told.encode(), source.parse().unwrap(), &address, Nonce([nonce; 8])).is_some()
        };
        assert!(believes("10.42.0.1", 7));
        assert!(!believes("10.42.0.1", 8));
        assert!(!believes("10.43.0.1", 7));
        assert!(!believes("8.8.8.8", 7));
        assert!(!believes("fe80::1", 7));
    }

    #[tokio::test]
    async fn a_search_on_no_network_says_so() {
        let nowhere = Reach::Only([192, 0, 2, 1].into());
        let error = find(nowhere, Duration::from_secs(60)).await.unwrap_err();
        assert_eq!(error.code(), "no_private_network");
    }
}
