//! What a manager should know about a sync that did not just work.

use serde::{Deserialize, Serialize};

use crate::{
    failure::Code,
    id::{ContentHash, WriterId},
    limits,
    log::{Refusal, RunResult},
    timestamp::Timestamp,
};

/// Something that was noticed and dealt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Notice {
    /// A side's own log was longer at its peer: a restored backup, or a tail lost in a crash. The
    /// entries come back and the side goes on in a new log.
    LogLost {
        /// The log that was cut short.
        writer: WriterId,
    },
    /// A log went two ways: a cloned disk, or writes after a restore. All versions were kept.
    LogForked {
        /// The log.
        writer: WriterId,
    },
    /// An entry was not taken. What came before it in its log was.
    EntryRefused {
        /// The log.
        writer: WriterId,
        /// Its place.
        seq: u64,
        /// Why.
        reason: Refusal,
    },
    /// An entry is kept and not shown.
    EntryQuarantined {
        /// The log.
        writer: WriterId,
        /// Its place.
        seq: u64,
        /// Why.
        reason: Code,
    },
    /// A device's clock is far from the laptop's. Nothing is ordered by it; the time shown is
    /// corrected.
    ClockOff {
        /// The log that the device writes.
        writer: WriterId,
        /// Device minus laptop, in milliseconds.
        offset_ms: i64,
    },
    /// A device sent the first log of its own: a new one, or one that was wiped and begins again.
    /// What a wiped device had sent before is kept in its old log.
    DeviceNew {
        /// The log that it writes.
        writer: WriterId,
    },
    /// A stored entry is not what was admitted: the disk or another program changed it. Another
    /// laptop can heal it.
    EntryDamaged {
        /// The log.
        writer: WriterId,
        /// Its place.
        seq: u64,
        /// What is wrong, a stable code.
        reason: String,
    },
    /// A file on the laptop's disk is not what it was when it came. It was set aside; a phone or
    /// another laptop that has it brings it again.
    MediaDamaged {
        /// The file.
        hash: ContentHash,
    },
}

impl Notice {
    /// What is to be noticed in the answer to a run.
    pub fn of_run(answer: &RunResult) -> impl Iterator<Item = Notice> + '_ {
        let writer = answer.writer;
        let forked = answer.forked_at.map(|_| Notice::LogForked { writer });
        let refused =
            answer.refused.as_ref().filter(|refused| refused.code != Refusal::Gap).map(|refused| {
                Notice::EntryRefused { writer, seq: refused.seq, reason: refused.code }
            });
        let quarantined = answer.quarantined.iter().map(move |held| Notice::EntryQuarantined {
            writer,
            seq: held.seq,
            reason: held.quarantine.code.clone(),
        });
        forked.into_iter().chain(refused).chain(quarantined)
    }

    /// What is to be noticed in the clock of a device that says it is `theirs` now.
    pub fn of_clock(writer: WriterId, theirs: Timestamp, mine: Timestamp) -> Option<Notice> {
        let offset_ms = theirs.as_millis() - mine.as_millis();
        let is_off = offset_ms.unsigned_abs() > limits::CLOCK_OFF_MS_MIN;
        is_off.then_some(Notice::ClockOff { writer, offset_ms })
    }

    /// Whether `other` tells nothing new. A clock that drifts is told again when it drifted as far
    /// as is worth telling.
    pub fn says_the_same(&self, other: &Notice) -> bool {
        match (self, other) {
            (
                Self::ClockOff { writer, offset_ms },
                Self::ClockOff { writer: of, offset_ms: before },
            ) => writer == of && offset_ms.abs_diff(*before) <= limits::CLOCK_OFF_MS_MIN,
            _ => self == other,
        }
    }

    /// Whether `other` is of the same code, and says the same reason where there is one: to be told
    /// together, with a count.
    pub fn is_of_kind(&self, other: &Notice) -> bool {
        match (self, other) {
            (Self::EntryRefused { reason: a, .. }, Self::EntryRefused { reason: b, .. }) => a == b,
            (
                Self::EntryQuarantined { reason: a, .. },
                Self::EntryQuarantined { reason: b, .. },
            ) => a == b,
            (Self::EntryDamaged { reason: a, .. }, Self::EntryDamaged { reason: b, .. }) => a == b,
            _ => self.code() == other.code(),
        }
    }

    /// Stable name in snake_case; the tag of its encoding.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LogLost { .. } => "log_lost",
            Self::LogForked { .. } => "log_forked",
            Self::EntryRefused { .. } => "entry_refused",
            Self::EntryQuarantined { .. } => "entry_quarantined",
            Self::ClockOff { .. } => "clock_off",
            Self::DeviceNew { .. } => "device_new",
            Self::EntryDamaged { .. } => "entry_damaged",
            Self::MediaDamaged { .. } => "media_damaged",
        }
    }

    /// The log that it is about, if it is about one.
    pub fn writer(&self) -> Option<WriterId> {
        match self {
            Self::LogLost { writer }
            | Self::LogForked { writer }
            | Self::EntryRefused { writer, .. }
            | Self::EntryQuarantined { writer, .. }
            | Self::ClockOff { writer, .. }
            | Self::DeviceNew { writer }
            | Self::EntryDamaged { writer, .. } => Some(*writer),
            Self::MediaDamaged { .. } => None,
        }
    }

    /// The file that it is about, if it is about one.
    pub fn media(&self) -> Option<ContentHash> {
        match self {
            Self::MediaDamaged { hash } => Some(*hash),
            _ => None,
        }
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LogLost { .. } => f.write_str(
                "a device came back with an older state; its records were given back to it and it goes on in a new log",
            ),
            Self::LogForked { .. } => f.write_str(
                "two devices wrote the same log, as after copying a phone; everything of both was kept",
            ),
            Self::EntryRefused { seq, reason, .. } => {
                write!(f, "entry {seq} of a log was refused: {reason}; everything before it was kept")
            }
            Self::EntryQuarantined { seq, reason, .. } => {
                write!(f, "entry {seq} of a log is kept but not shown: {reason}")
            }
            Self::ClockOff { offset_ms, .. } => {
                write!(f, "a device's clock is off by {} minutes", offset_ms / 60_000)
            }
            Self::DeviceNew { .. } => f.write_str(
                "a device came for the first time; if it is one that was wiped, what it had brought before is kept",
            ),
            Self::EntryDamaged { seq, reason, .. } => {
                write!(f, "entry {seq} of a log is damaged on this laptop's disk: {reason}; another laptop can heal it")
            }
            Self::MediaDamaged { hash } => {
                write!(f, "the file {hash} is damaged on this laptop's disk; a phone or another laptop that has it brings it again")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_off_beyond_ten_minutes_and_a_small_drift_is_no_news() {
        let (writer, now) = (WriterId([1; 16]), Timestamp::from_millis(1_800_000_000_000));
        let limit = limits::CLOCK_OFF_MS_MIN;
        assert_eq!(Notice::of_clock(writer, now.plus_millis(limit), now), None);
        let off = Notice::of_clock(writer, now.plus_millis(limit + 1), now).unwrap();
        assert_eq!(off.code(), "clock_off");
        let behind = Notice::of_clock(writer, Timestamp::MIN, Timestamp::MAX).unwrap();
        assert!(!off.says_the_same(&behind));
        let drifted = Notice::of_clock(writer, now.plus_millis(limit + 60_000), now).unwrap();
        assert!(drifted != off && drifted.says_the_same(&off));
    }
}
