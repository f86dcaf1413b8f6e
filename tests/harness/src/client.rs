//! One request and its answer over a real socket.

use std::time::Duration;

use chasqui_shared::{Failure, Hello, Reply, Request, from_cbor, to_cbor};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Answer, CBOR, JSON, bearer};

const AUTHORIZATION: &str = "authorization";
/// Longer than any answer takes; a test that waits for so long has found a starved client.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(120);
/// Longer than any answer.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// The laptop said no, with this status.
    Refused(u16, Failure),
    /// The connection could not be made, or broke.
    Gone(ureq::Error),
}

/// A laptop, and what somebody asks it with.
#[derive(Clone)]
pub struct Base {
    /// Such as `http://127.0.0.1:45678`.
    pub url: String,
    /// The manager's key, or a device's token.
    pub key: String,
}

impl Base {
    fn path(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.url)
    }
}

/// A client of its own, with its own connection.
#[derive(Clone, Debug)]
pub struct Agent(ureq::Agent);

impl Default for Agent {
    fn default() -> Self {
        Self::new()
    }
}

impl Agent {
    /// A client that keeps its connection.
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER_TIME_MAX));
        Self(config.build().into())
    }

    /// Reads JSON.
    pub fn get<T: DeserializeOwned>(&self, base: &Base, path: &str) -> Result<T, Trouble> {
        Ok(serde_json::from_slice(&self.get_bytes(base, path)?).unwrap())
    }

    /// Reads anything.
    pub fn get_bytes(&self, base: &Base, path: &str) -> Result<Vec<u8>, Trouble> {
        read(self.0.get(base.path(path)).header(AUTHORIZATION, bearer(&base.key)).call())
    }

    /// Who the laptop says that it is.
    pub fn hello(&self, base: &Base) -> Hello {
        self.get(base, "hello").unwrap()
    }

    /// Puts a message of the sync conversation.
    pub fn ask<T: DeserializeOwned>(
        &self,
        base: &Base,
        path: &str,
        message: &impl Serialize,
    ) -> Result<T, Trouble> {
        Ok(self.ask_measured(base, path, message)?.0)
    }

    /// The same, with the bytes of the answer.
    pub fn ask_measured<T: DeserializeOwned>(
        &self,
        base: &Base,
        path: &str,
        message: &impl Serialize,
    ) -> Result<(T, usize), Trouble> {
        let asked = self.0.post(base.path(path)).header(AUTHORIZATION, bearer(&base.key));
        let asked = asked.header("accept", CBOR).content_type(CBOR);
        let answer = read(asked.send(to_cbor(message).unwrap().as_slice()))?;
        Ok((from_cbor(&answer).unwrap(), answer.len()))
    }

    /// Puts any request of the sync conversation.
    pub fn answer(&self, base: &Base, request: &Request) -> Result<Reply, Trouble> {
        Ok(match request {
            Request::Offer(offer) => Reply::Offer(self.ask(base, "sync/offer", offer)?),
            Request::Push(batch) => Reply::Push(self.ask(base, "changes", batch)?),
            Request::Pull(wanted) => Reply::Pull(self.ask(base, "changes/wanted", wanted)?),
        })
    }

    /// Puts anything, and reads whatever comes.
    pub fn post(
        &self,
        base: &Base,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, Trouble> {
        let asked = self.0.post(base.path(path)).header(AUTHORIZATION, bearer(&base.key));
        read(asked.content_type(content_type).send(body))
    }

    /// Puts JSON, and reads JSON.
    pub fn post_json<T: DeserializeOwned>(
        &self,
        base: &Base,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        let answer = self.post(base, path, JSON, &serde_json::to_vec(body).unwrap())?;
        Ok(serde_json::from_slice(&answer).unwrap())
    }

    /// Uploads a file to import.
    pub fn import(&self, base: &Base, file: &[u8]) -> Result<serde_json::Value, Trouble> {
        let path = "import?name=file.csv";
        let answer = self.post(base, path, "application/octet-stream", file)?;
        Ok(serde_json::from_slice(&answer).unwrap())
    }
}

fn read(
    answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Vec<u8>, Trouble> {
    let answer = whole(answered.map_err(Trouble::Gone)?).map_err(Trouble::Gone)?;
    if answer.status.is_success() {
        return Ok(answer.body);
    }
    Err(Trouble::Refused(answer.status.as_u16(), answer.json()))
}

/// Reads an answer to its end.
pub(crate) fn whole(response: ureq::http::Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let (parts, mut body) = response.into_parts();
    let body = body.with_config().limit(ANSWER_BYTES_MAX).read_to_vec()?;
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}
