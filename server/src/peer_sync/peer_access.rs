//! The way to another laptop before it is known who answers there: nothing secret can be said on
//! it.

use std::sync::Arc;

use chasqui_shared::Failure;
use ureq::{Agent, tls::TlsConfig};

use super::{
    peer_client::{PeerClient, PeerHello, agent, get, hello, strange},
    peer_url::PeerUrl,
};

/// The way to a laptop that a person named.
#[derive(Clone, Debug)]
pub enum PeerAccess {
    /// It is known who hears what is said.
    Verified(PeerClient),
    /// By https, from an authority that nobody has vouched for yet.
    Unverified(UnverifiedPeer),
}

impl PeerAccess {
    /// The way there, trusting `authority`, the PEM of the other laptop's own authority.
    ///
    /// Fails with `authority_unreadable`; connects only when something is asked.
    pub fn new(url: PeerUrl, authority: Option<&str>) -> Result<Self, Failure> {
        match (PeerClient::plain(&url, authority), authority) {
            (Some(line), _) => Ok(Self::Verified(line)),
            (None, Some(authority)) => PeerClient::trusting(url, authority).map(Self::Verified),
            (None, None) => Ok(Self::Unverified(UnverifiedPeer::new(url))),
        }
    }

    /// Where it leads.
    pub fn url(&self) -> &PeerUrl {
        match self {
            Self::Verified(line) => line.url(),
            Self::Unverified(line) => &line.url,
        }
    }

    /// Asks whom it has reached; see [`PeerClient::hello`].
    pub fn hello(&self) -> Result<PeerHello, Failure> {
        match self {
            Self::Verified(line) => line.hello(),
            Self::Unverified(line) => line.hello(),
        }
    }
}

/// A line to whoever answers: it takes neither a code nor a token.
#[derive(Clone, Debug)]
pub struct UnverifiedPeer {
    url: PeerUrl,
    agent: Agent,
}

impl UnverifiedPeer {
    fn new(url: PeerUrl) -> Self {
        // It believes anybody, for what needs no belief: a hello proves itself, and an authority is
        // only believed once it is kept.
        let tls = TlsConfig::builder()
            .disable_verification(true)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        Self { url, agent: agent(Some(tls)) }
    }

    /// Asks whom it has reached; see [`PeerClient::hello`].
    pub fn hello(&self) -> Result<PeerHello, Failure> {
        hello(&self.agent, &self.url)
    }

    /// The authority that whoever answers says is its own, as PEM.
    pub fn fetch_authority(&self) -> Result<String, Failure> {
        let bytes = get(&self.agent, &format!("{}/authority.pem", self.url))?;
        String::from_utf8(bytes).map_err(|error| strange(&error.to_string()))
    }

    /// A line to the same address that trusts this authority. Fails with `authority_unreadable`.
    pub fn trusting(&self, authority: &str) -> Result<PeerClient, Failure> {
        PeerClient::trusting(self.url.clone(), authority)
    }
}
