//! One observation from outside, and why it may be refused.

use chasqui_shared::Draft;

/// An observation as a file or a script gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What its source calls it; the same id later is the same record. Without it, the content is the identity.
    pub id: Option<String>,
    /// What it says.
    pub draft: Draft,
}

/// Why a row was not taken. Nothing of it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, snake_case.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
