//! The way to another laptop's API: CBOR, gzip both ways, a limit on every answer and a timeout on
//! every request.
//!
//! It follows no redirect and uses no proxy. An https address is only trusted with the other
//! laptop's own authority.

use std::{io::Write, sync::Arc, time::Duration};

use chasqui_shared::{
    ClockDigest, Code, Failure, HashRequest, HashResponse, Hello, HelloNonce, PairingRequest,
    PairingResponse, PlacesRequest, PlacesResponse, Reply, Request, WriterId, from_cbor,
    limits as shared_limits, to_cbor,
};
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ureq::{
    Agent, Body, RequestBuilder,
    http::{Response, header},
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::peer_url::PeerUrl;
use crate::{limits, system::wall_clock};

const CBOR: &str = "application/cbor";

/// The answer to a hello, as far as another laptop needs it.
#[derive(Clone, Debug, Deserialize)]
pub struct PeerHello {
    /// Whom this is.
    #[serde(flatten)]
    pub hello: Hello,
    /// The log that it writes.
    pub writer: WriterId,
    /// Of everything that it holds.
    pub digest: ClockDigest,
}

/// A line to one laptop on which it is known who hears what is said: by plain http, as people
/// chose, or from the right authority. Connections are kept between requests.
#[derive(Clone)]
pub struct PeerClient {
    pub(super) url: PeerUrl,
    pub(super) agent: Agent,
    /// Sent with each request but the hello.
    token: Option<String>,
    authority: Option<String>,
}

impl PeerClient {
    /// A line by http, where `authority` is of no use yet but may be kept; `None` if the address is
    /// an https one.
    pub(super) fn plain(url: &PeerUrl, authority: Option<&str>) -> Option<Self> {
        let authority = authority.map(str::to_owned);
        let line = || Self { url: url.clone(), agent: agent(None), token: None, authority };
        (!url.is_https()).then(line)
    }

    /// A line that trusts `authority`, the PEM of the other laptop's own authority. Fails with
    /// `authority_unreadable`.
    pub(super) fn trusting(url: PeerUrl, authority: &str) -> Result<Self, Failure> {
        let agent = agent(Some(trusting(authority)?));
        Ok(Self { url, agent, token: None, authority: Some(authority.to_owned()) })
    }

    /// What this line trusts over https, as PEM.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The same line, on which each request but the hello is sent with this token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Whether requests are sent with a token.
    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Where it leads.
    pub fn url(&self) -> &PeerUrl {
        &self.url
    }

    /// Asks whom it has reached. Fails with `hello_unproven` if the answer is not signed, just now,
    /// by the device it names.
    pub fn hello(&self) -> Result<PeerHello, Failure> {
        hello(&self.agent, &self.url)
    }

    /// Asks to be let in.
    pub fn pair(&self, request: &PairingRequest) -> Result<PairingResponse, Failure> {
        let answered = self.agent.post(self.url.api("pairings")).send_json(request);
        let bytes = read(answered.map_err(|error| unreached(&error))?)?;
        serde_json::from_slice(&bytes).map_err(|error| strange(&error.to_string()))
    }

    /// Puts a request of the sync conversation.
    pub fn ask(&self, request: &Request) -> Result<Reply, Failure> {
        match request {
            Request::Offer(offer) => self.post("sync/offer", offer).map(Reply::Offer),
            Request::Push(batch) => self.post("changes", batch).map(Reply::Push),
            Request::Pull(question) => self.post("changes/wanted", question).map(Reply::Pull),
        }
    }

    /// Puts a message of the hash comparison.
    pub fn hashes(&self, question: &HashRequest) -> Result<HashResponse, Failure> {
        self.post("sync/hashes", question)
    }

    /// Asks in which entries versions travel.
    pub fn places(&self, question: &PlacesRequest) -> Result<PlacesResponse, Failure> {
        self.post("sync/places", question)
    }

    /// Orders something that takes long and answers in JSON, such as an audit.
    pub fn order<A: DeserializeOwned>(&self, path: &str, time_max: Duration) -> Result<A, Failure> {
        let request = self.authorized(self.agent.post(self.url.api(path))).config();
        let request = request.timeout_global(Some(time_max)).build();
        let answered = request.send_empty().map_err(|error| unreached(&error))?;
        serde_json::from_slice(&read(answered)?).map_err(|error| strange(&error.to_string()))
    }

    pub(super) fn authorized<T>(&self, request: RequestBuilder<T>) -> RequestBuilder<T> {
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub(super) fn post<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<A, Failure> {
        let body = to_cbor(body).map_err(|error| strange(&error.reason))?;
        let request = self
            .authorized(self.agent.post(self.url.api(path)))
            .header(header::CONTENT_TYPE, CBOR)
            .header(header::ACCEPT, CBOR)
            .header(limits::TIME_HEADER, wall_clock::now().as_millis().to_string());
        let answered = if body.len() < limits::PACKED_BYTES_MIN {
            request.send(&body)
        } else {
            request.header(header::CONTENT_ENCODING, "gzip").send(&pack(&body))
        };
        let bytes = read(answered.map_err(|error| unreached(&error))?)?;
        from_cbor(&bytes).map_err(|error| strange(&error.reason))
    }
}

impl std::fmt::Debug for PeerClient {
    /// Shows where it leads, never the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PeerClient").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What puts requests; over https it believes as `tls` has it.
pub(crate) fn agent(tls: Option<TlsConfig>) -> Agent {
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_connect(Some(limits::PEER_CONNECT_TIME_MAX))
        .timeout_global(Some(Duration::from_millis(shared_limits::REQUEST_TIMEOUT_MS)));
    if let Some(tls) = tls {
        config = config.tls_config(tls);
    }
    config.build().new_agent()
}

/// The hello of whoever answers, proven.
pub(super) fn hello(agent: &Agent, url: &PeerUrl) -> Result<PeerHello, Failure> {
    hello_at(agent, &url.api("hello"))
}

/// The hello of whoever answers at `address`, a path of the API. Fails with `hello_unproven` if the
/// answer is not signed, just now, by the device that it names.
pub(crate) fn hello_at(agent: &Agent, address: &str) -> Result<PeerHello, Failure> {
    let mut nonce = HelloNonce([0; HelloNonce::WIDTH]);
    getrandom::fill(&mut nonce.0).map_err(|error| strange(&error.to_string()))?;
    let bytes = get(agent, &format!("{address}?nonce={nonce}"))?;
    let peer: PeerHello =
        serde_json::from_slice(&bytes).map_err(|error| strange(&error.to_string()))?;
    if !peer.hello.verify(nonce) {
        let message = "the laptop that answers cannot prove who it is";
        return Err(Failure::new(Code::HelloUnproven, message));
    }
    Ok(peer)
}

/// What is told there to anybody.
pub(super) fn get(agent: &Agent, address: &str) -> Result<Vec<u8>, Failure> {
    read(agent.get(address).call().map_err(|error| unreached(&error))?)
}

fn trusting(authority: &str) -> Result<TlsConfig, Failure> {
    let certificates: Vec<Certificate<'static>> = parse_pem(authority.as_bytes())
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        let message = "the authority of the other laptop is no certificate in PEM";
        return Err(Failure::new(Code::AuthorityUnreadable, message));
    }
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&certificates))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build())
}

fn pack(body: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(body).and_then(|()| packed.finish()).expect("memory takes all that is written")
}

/// The body of an answer, or the failure that it tells of.
pub(super) fn read(mut response: Response<Body>) -> Result<Vec<u8>, Failure> {
    let is_success = response.status().is_success();
    let status = response.status();
    let body = response.body_mut().with_config().limit(shared_limits::SYNC_BODY_BYTES_MAX as u64);
    let bytes = body.read_to_vec().map_err(|error| unreached(&error))?;
    if is_success {
        return Ok(bytes);
    }
    Err(serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        strange(&format!("something other than a laptop answered, with status {status}"))
    }))
}

pub(super) fn unreached(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Timeout(_) => {
            Failure::new(Code::Timeout, "the other laptop did not answer in time")
        }
        ureq::Error::BodyExceedsLimit(_) => strange("it is too long"),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            let message = "the other laptop's certificate is not from the authority that was given";
            Failure::new(Code::CertificateRefused, message)
        }
        ureq::Error::Io(error) if is_of_tls(error) => {
            let message = "the other laptop's certificate is not from the authority that was given";
            Failure::new(Code::CertificateRefused, message)
        }
        error => {
            Failure::new(Code::Unreachable, format!("the other laptop cannot be reached: {error}"))
        }
    }
}

/// A refused certificate arrives inside an error of the connection.
fn is_of_tls(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

pub(super) fn strange(reason: &str) -> Failure {
    Failure::new(Code::BadAnswer, format!("the other laptop's answer cannot be read: {reason}"))
}
