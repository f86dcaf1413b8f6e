//! Every failure that crosses the network or reaches a page: one shape, and one list of codes.
//!
//! A failure is told apart by its [`Code`] alone. Its message is for people and for logs; pages say
//! it in their own words.

mod code;
mod table;

use serde::{Deserialize, Serialize};

pub use code::Code;

/// Every failure that crosses the network or reaches a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{message} ({code})")]
pub struct Failure {
    /// Stable, snake_case.
    pub code: Code,
    /// For people.
    pub message: String,
    /// Whether the same request may succeed later.
    pub retryable: bool,
}

impl Failure {
    /// A failure that may pass by itself if its code says so.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let retryable = code.is_retryable();
        Self { code, message: message.into(), retryable }
    }

    /// The same failure where the next try may succeed although its code says otherwise: what was
    /// answered once, or arrived damaged once, may be right the next time.
    pub fn worth_retrying(self) -> Self {
        Self { retryable: true, ..self }
    }

    /// The other side breaks the protocol.
    pub fn protocol_broken() -> Self {
        Self::new(Code::BadAnswer, "the peer broke the protocol")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_written_as_its_three_fields() {
        let failure = Failure::new(Code::Busy, "later");
        let json = r#"{"code":"busy","message":"later","retryable":true}"#;
        assert_eq!(serde_json::to_string(&failure).unwrap(), json);
        assert_eq!(serde_json::from_str::<Failure>(json).unwrap(), failure);
    }

    #[test]
    fn the_code_of_a_newer_peer_is_kept_as_it_came() {
        let json = r#"{"code":"too_tired","message":"after lunch","retryable":true}"#;
        let failure: Failure = serde_json::from_str(json).unwrap();
        assert_eq!(failure.code, Code::Other("too_tired".into()));
        assert_eq!(failure.code.known(), None);
        assert_eq!(serde_json::to_string(&failure).unwrap(), json);
    }

    #[test]
    fn a_code_says_whether_to_retry_and_a_failure_may_know_better() {
        assert!(!Failure::new(Code::HashWrong, "").retryable);
        assert!(Failure::new(Code::HashWrong, "").worth_retrying().retryable);
        assert!(!Failure::new(Code::Other("too_tired".into()), "").retryable);
    }
}
