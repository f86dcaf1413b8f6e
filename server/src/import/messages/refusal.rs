//! Why a row was not taken.

use super::{code::RefusalCode, told::Told, words};

/// Why a row was not taken. Nothing of it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub code: RefusalCode,
    /// What it is about.
    pub told: Told,
}

impl Refusal {
    /// A refusal.
    pub fn new(code: RefusalCode, told: Told) -> Self {
        Self { code, told }
    }

    /// In English.
    pub fn message(&self) -> String {
        words::refusal(self.code, &self.told)
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self { code, told: Told::default() }
    }
}
