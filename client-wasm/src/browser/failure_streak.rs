//! When to stop doing what keeps failing.

/// So many bodies sent as streams that fail in a row, while other requests get through, are no
/// accident.
const FAILURES_MAX: u32 = 24;

/// Failures in a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Streak(u32);

impl Streak {
    /// Whether there were [`FAILURES_MAX`] failures in a row, ever.
    pub fn is_over(self) -> bool {
        self.0 >= FAILURES_MAX
    }

    /// The streak with one more try. Once it is over, nothing begins it anew.
    pub fn with(self, has_failed: bool) -> Self {
        if self.is_over() {
            self
        } else if has_failed {
            Self(self.0 + 1)
        } else {
            Self::default()
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn tries(streak: Streak, failed: bool, times: u32) -> Streak {
        (0..times).fold(streak, |streak, _| streak.with(failed))
    }

    #[test]
    fn so_many_failures_in_a_row_end_it_for_good_and_an_answer_before_begins_to_count_anew() {
        let streak = tries(Streak::default(), true, FAILURES_MAX - 1);
        assert!(!streak.is_over());
        let anew = tries(streak.with(false), true, FAILURES_MAX - 1);
        assert!(!anew.is_over());
        let over = anew.with(true);
        assert!(over.is_over());
        assert!(tries(over, false, 3).is_over());
    }
}
