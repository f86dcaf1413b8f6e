//! One request and its answer over a real socket.

use std::time::Duration;

use chasqui_shared::{Failure, from_cbor, to_cbor};
use serde::{Serialize, de::DeserializeOwned};

const AUTHORIZATION: &str = "Authorization";
const CBOR: &str = "application/cbor";
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

/// A laptop, and what its manager asks it with.
#[derive(Clone)]
pub struct Base {
    /// Such as `http://127.0.0.1:45678`.
    pub url: String,
    /// The manager's key.
    pub key: String,
}

impl Base {
    fn path(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.url)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.key)
    }
}

/// A client of its own, with its own connection.
pub struct Agent(ureq::Agent);

impl Agent {
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER_TIME_MAX));
        Self(config.build().into())
    }

    /// Reads JSON.
    pub fn get<T: DeserializeOwned>(&self, base: &Base, path: &str) -> Result<T, Trouble> {
        let answered = self.0.get(base.path(path)).header(AUTHORIZATION, base.bearer()).call();
        Ok(serde_json::from_slice(&read(answered)?).unwrap())
    }

    /// Reads anything.
    pub fn get_bytes(&self, base: &Base, path: &str) -> Result<Vec<u8>, Trouble> {
        read(self.0.get(base.path(path)).header(AUTHORIZATION, base.bearer()).call())
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
        let asked = self.0.post(base.path(path)).header(AUTHORIZATION, base.bearer());
        let asked = asked.header("Accept", CBOR).content_type(CBOR);
        let answer = read(asked.send(to_cbor(message).unwrap().as_slice()))?;
        Ok((from_cbor(&answer).unwrap(), answer.len()))
    }

    /// Puts anything, and reads whatever comes.
    pub fn post(
        &self,
        base: &Base,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Vec<u8>, Trouble> {
        let asked = self.0.post(base.path(path)).header(AUTHORIZATION, base.bearer());
        read(asked.content_type(content_type).send(body))
    }

    /// Uploads a file to import.
    pub fn import(&self, base: &Base, file: &[u8]) -> Result<serde_json::Value, Trouble> {
        let asked = self.0.post(base.path("import")).query("name", "file.csv");
        let asked = asked.header(AUTHORIZATION, base.bearer());
        let answered = asked.content_type("application/octet-stream").send(file);
        Ok(serde_json::from_slice(&read(answered)?).unwrap())
    }
}

fn read(
    answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Vec<u8>, Trouble> {
    let mut response = answered.map_err(Trouble::Gone)?;
    let status = response.status();
    let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
    let body = body.map_err(Trouble::Gone)?;
    if status.is_success() {
        return Ok(body);
    }
    Err(Trouble::Refused(status.as_u16(), serde_json::from_slice(&body).unwrap()))
}
