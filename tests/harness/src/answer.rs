//! What came back from a laptop.

use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// The one shape that every failure has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused<'a> {
    code: &'a str,
    message: String,
    #[serde(rename = "retryable")]
    _retryable: bool,
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The same answer, if its status is 200.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }

    /// The JSON of a success; null where it has none.
    #[track_caller]
    pub fn value(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Status and code of a failure, which has the shape of all failures.
    #[track_caller]
    pub fn failure(&self) -> (u16, &str) {
        let refused: Refused<'_> = serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {:?}", self.status, self.text()));
        assert!(!refused.message.is_empty());
        (self.status.as_u16(), refused.code)
    }

    /// The code of a failure; empty for a success.
    #[track_caller]
    pub fn code(&self) -> &str {
        if self.status.as_u16() < 400 || self.body.is_empty() { "" } else { self.failure().1 }
    }

    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}
