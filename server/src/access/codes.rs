//! The codes that let devices in: in memory alone, for a few minutes, each once.

use chasqui_shared::{PairingCode, Role, Timestamp};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use super::error::AccessError;
use crate::limits;

/// A code that nobody has used yet.
#[derive(Clone, Copy, Debug)]
pub struct OpenCode {
    /// Counted from 1 since the program started; no secret.
    pub id: u64,
    /// The code itself.
    pub code: PairingCode,
    /// What the device that uses it may do.
    pub role: Role,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it stops being valid.
    pub expires_at: Timestamp,
}

/// All open codes, oldest first; at most [`limits::CODES_MAX`].
#[derive(Debug, Default)]
pub(super) struct Codes {
    open: Vec<OpenCode>,
    last_id: u64,
}

impl Codes {
    /// Opens a code.
    pub fn open(
        &mut self,
        code: PairingCode,
        role: Role,
        now: Timestamp,
    ) -> Result<OpenCode, AccessError> {
        self.forget_expired(now);
        if self.open.len() >= limits::CODES_MAX {
            return Err(AccessError::TooManyCodes);
        }
        self.last_id += 1;
        let valid_ms = i64::try_from(limits::CODE_TIME_MAX.as_millis()).unwrap_or(0);
        let expires_at = Timestamp::from_millis(now.as_millis() + valid_ms);
        let opened = OpenCode { id: self.last_id, code, role, made_at: now, expires_at };
        self.open.push(opened);
        Ok(opened)
    }

    /// Takes a code out, so that nobody else can use it. How long this takes says nothing of how
    /// near the guess was.
    pub fn claim(&mut self, code: PairingCode, now: Timestamp) -> Option<OpenCode> {
        self.forget_expired(now);
        let (mut is_found, mut at) = (Choice::from(0), 0_u64);
        for (place, open) in (0_u64..).zip(&self.open) {
            let is_this = open.code.as_bytes().ct_eq(code.as_bytes());
            at.conditional_assign(&place, is_this);
            is_found |= is_this;
        }
        let at = usize::try_from(at).ok()?;
        bool::from(is_found).then(|| self.open.remove(at))
    }

    /// Opens a code again whose use failed on this side.
    pub fn put_back(&mut self, code: OpenCode) {
        self.open.push(code);
        self.open.sort_by_key(|open| open.id);
    }

    /// All that are valid now.
    pub fn list(&mut self, now: Timestamp) -> Vec<OpenCode> {
        self.forget_expired(now);
        self.open.clone()
    }

    /// A clock that was set back ends codes too: nobody knows how old they are.
    fn forget_expired(&mut self, now: Timestamp) {
        self.open.retain(|code| code.made_at <= now && now < code.expires_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: u8) -> PairingCode {
        PairingCode::from_random([name; PairingCode::CHARS])
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + seconds as i64 * 1_000)
    }

    #[test]
    fn a_code_is_claimed_once_and_by_its_own_name() {
        let mut codes = Codes::default();
        for name in 0..3 {
            codes.open(code(name), Role::Monitor, at(0)).unwrap();
        }
        assert!(codes.claim(code(7), at(0)).is_none());
        let claimed = codes.claim(code(1), at(0)).unwrap();
        assert_eq!((claimed.id, claimed.code), (2, code(1)));
        assert!(codes.claim(code(1), at(0)).is_none());
        codes.put_back(claimed);
        assert_eq!(codes.claim(code(1), at(0)).unwrap().id, 2);
        assert_eq!(codes.list(at(0)).iter().map(|open| open.id).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn a_code_is_valid_for_ten_minutes_and_not_after() {
        let mut codes = Codes::default();
        let last = limits::CODE_TIME_MAX.as_secs() - 1;
        codes.open(code(1), Role::Monitor, at(0)).unwrap();
        assert!(codes.claim(code(1), at(last)).is_some());
        codes.open(code(2), Role::Monitor, at(0)).unwrap();
        assert!(codes.claim(code(2), at(last + 1)).is_none());
    }

    #[test]
    fn sixteen_codes_are_open_and_another_waits_until_one_ends() {
        let mut codes = Codes::default();
        for name in 0..limits::CODES_MAX as u8 {
            codes.open(code(name), Role::Monitor, at(0)).unwrap();
        }
        let refused = codes.open(code(20), Role::Monitor, at(1)).unwrap_err();
        assert!(matches!(refused, AccessError::TooManyCodes));
        codes.open(code(20), Role::Monitor, at(limits::CODE_TIME_MAX.as_secs())).unwrap();
    }
}
