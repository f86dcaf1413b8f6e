//! A fuzzer's bytes as the steps of a story. Says nothing of what the steps mean.
//!
//! Every step is four bytes, so that one changed byte changes one step and not all those after it.

/// Most steps that are played; what comes after them is passed over.
const STEPS_MAX: usize = 64;

/// What to do, and three numbers that say with whom and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) verb: u8,
    pub(super) a: u8,
    pub(super) b: u8,
    pub(super) c: u8,
}

/// Reads steps from the front of some bytes.
#[derive(Clone, Debug)]
pub(super) struct Script<'a> {
    rest: &'a [u8],
    steps: usize,
}

impl<'a> Script<'a> {
    /// The steps that these bytes say.
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest, steps: 0 }
    }

    /// As many of the next bytes as a step's `b` and `c` say, or all that are left: a message as it
    /// comes from the wire.
    pub(super) fn message(&mut self, step: Step) -> &'a [u8] {
        let bytes = usize::from(u16::from_be_bytes([step.b, step.c])).min(self.rest.len());
        let (message, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        message
    }
}

impl Iterator for Script<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let (&[verb, a, b, c], rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        self.steps += 1;
        (self.steps <= STEPS_MAX).then_some(Step { verb, a, b, c })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_steps_of_four_bytes_and_messages_between_them() {
        let mut script = Script::new(&[1, 2, 0, 3, 7, 8, 9, 4, 5, 6, 7, 0]);
        let step = script.next().unwrap();
        assert_eq!(step, Step { verb: 1, a: 2, b: 0, c: 3 });
        assert_eq!(script.message(step), [7, 8, 9]);
        assert_eq!(script.next(), Some(Step { verb: 4, a: 5, b: 6, c: 7 }));
        assert_eq!(script.next(), None);
        assert_eq!(Script::new(&[0; 4000]).count(), STEPS_MAX);
    }
}
