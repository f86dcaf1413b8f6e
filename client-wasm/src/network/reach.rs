//! Finding a laptop: all known addresses at once, and nothing is told to anybody who has not proven
//! who it is.

use chasqui_shared::{Code, Failure, Hello, HelloNonce};
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::{
    Network,
    peer::{NewsPlace, Outcome, Peer, Tried},
};
use crate::{
    copy::state::{State, no_project, other_project},
    host::Host,
    in_time::answered_in,
    laptops::{
        address::{self, Rung},
        paired::Paired,
        transport::{Transport, is_absence},
    },
    limits::HELLO_TIMEOUT_MS,
    storage::disk::Disk,
};

impl<D: Disk, T: Transport<D::File>, H: Host> Network<D, T, H> {
    /// Where the laptop in reach tells its news. Looks around if none is known to be.
    pub async fn news(&self) -> Result<NewsPlace, Failure> {
        let Peer { base, token, .. } = self.reach().await?;
        Ok(NewsPlace { base, token })
    }

    /// A laptop that let this phone in: where it answered last, or whichever address answers first.
    pub async fn reach(&self) -> Result<Peer, Failure> {
        if let Some(peer) = self.peer() {
            return Ok(peer);
        }
        let (tokens, ladder, project) = self
            .copy
            .with(|state| {
                let paired = state.paired().iter();
                let tokens: Vec<_> = paired.map(|(device, p)| (*device, p.token.clone())).collect();
                Ok((tokens, self.ladder(None, state), state.project().ok_or_else(no_project)?))
            })
            .await?;
        let fits = |hello: &Hello| match &tokens {
            _ if hello.charter.project() != project => Err(other_project()),
            tokens if tokens.iter().all(|(device, _)| *device != hello.device) => {
                Err(other_laptop())
            }
            _ => Ok(()),
        };
        let (base, hello) = self.look_around(ladder, fits).await?;
        self.note_clock(&hello);
        self.remember(&hello, &base).await;
        let token = tokens.into_iter().find(|(device, _)| *device == hello.device);
        let token = token.map(|(_, token)| token).ok_or_else(other_laptop)?;
        let peer = Peer { base, hello, token };
        self.found.change(|found| found.peer = Some(peer.clone()));
        Ok(peer)
    }

    /// The laptop in reach, proven at this moment. Over https the certificate vouches for whoever
    /// was reached last; over plain http anybody may have the address by now.
    pub async fn vouched_peer(&self) -> Result<Peer, Failure> {
        let peer = self.reach().await?;
        if address::is_usable(&peer.base) {
            return Ok(peer);
        }
        match self.meet(&peer.base).await {
            Ok(hello) if hello.device == peer.hello.device => {
                self.note_clock(&hello);
                Ok(peer)
            }
            answer => {
                self.forget(&peer);
                Err(answer.err().unwrap_or_else(other_laptop))
            }
        }
    }

    /// Where a link `leads`, which is the freshest of all addresses; the page's own origin, the
    /// addresses of the laptops that let this phone in, their `.local` names, and guesses at one
    /// that lends its own wifi.
    pub(super) fn ladder(&self, leads: Option<String>, state: &State) -> Vec<Rung> {
        let own = &self.own_origins;
        let paired = state.paired().values();
        let good = paired.clone().flat_map(|paired| paired.addresses.iter().cloned());
        // A laptop's own addresses tell its port; the page may be from a web server in town.
        let all =
            |paired: &Paired| -> Vec<_> { paired.addresses.iter().chain(own).cloned().collect() };
        let named =
            paired.clone().filter_map(|paired| address::local_name(paired.laptop, &all(paired)));
        let known = leads.into_iter().chain(own.iter().cloned()).chain(good).chain(named);
        address::ladder(known, paired.flat_map(|paired| address::gateways(&all(paired))))
    }

    /// Asks at all addresses at once; the first laptop that proves who it is and `fits` is the one.
    /// Where none does, the failure is the most telling one: that somebody answered, rather than
    /// that others were silent. That a guess was silent is not worth telling.
    pub(super) async fn look_around(
        &self,
        ladder: Vec<Rung>,
        fits: impl Fn(&Hello) -> Result<(), Failure>,
    ) -> Result<(String, Hello), Failure> {
        let asked = ladder.into_iter().enumerate().map(|(place, rung)| async move {
            let answer = self.meet(&rung.base).await;
            (place, rung, answer)
        });
        let mut asked: FuturesUnordered<_> = asked.collect();
        let mut told: Option<Failure> = None;
        let mut tried = Vec::new();
        while let Some((place, Rung { base, guessed }, answer)) = asked.next().await {
            match answer.and_then(|hello| fits(&hello).map(|()| hello)) {
                Ok(hello) => {
                    self.found.change(|found| found.tried.clear());
                    return Ok((base, hello));
                }
                Err(failure) => {
                    let outcome = Outcome::of(&failure);
                    if !guessed || outcome != Outcome::Silent {
                        tried.push((place, Tried { address: base, outcome }));
                    }
                    // The web server that the app came from, or any other machine, is no laptop
                    // that has a problem.
                    let failure = if failure.code == Code::BadAnswer { absent() } else { failure };
                    if told.as_ref().is_none_or(is_absence) {
                        told = Some(failure);
                    }
                }
            }
        }
        tried.sort_by_key(|(place, _)| *place);
        let tried = tried.into_iter().map(|(_, tried)| tried).collect();
        self.found.change(|found| found.tried = tried);
        Err(told.unwrap_or_else(absent))
    }

    /// Whoever answers at this address, proven by its signature over a nonce of this moment.
    async fn meet(&self, base: &str) -> Result<Hello, Failure> {
        let nonce = HelloNonce(self.host.random());
        let hello = self.transport.hello(base, nonce);
        let hello = answered_in(&*self.host, HELLO_TIMEOUT_MS, hello).await?;
        if hello.verify(nonce) { Ok(hello) } else { Err(unproven()) }
    }

    /// Keeps where a laptop answered and says that it can be reached.
    async fn remember(&self, hello: &Hello, base: &str) {
        let reached = |state: &mut State| Ok((state.reached(hello, base, &self.own_origins), ()));
        // Without room for it, the sync can still go on; the next start will ask around again.
        let _ = self.copy.change(reached).await;
    }
}

/// A laptop that is not the one in question.
pub fn other_laptop() -> Failure {
    let message = "another laptop answers here, which has not let this phone in";
    Failure::new(Code::OtherLaptop, message)
}

fn absent() -> Failure {
    Failure::new(Code::Unreachable, "no laptop can be reached")
}

fn unproven() -> Failure {
    let message = "whoever answers here cannot prove to be the laptop that it says it is";
    Failure::new(Code::HelloUnproven, message)
}
