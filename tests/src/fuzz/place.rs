//! Writers, positions and ranges that numbers stand for: some that are held, some that nobody has.

use chasqui_shared::{Chain, LogView, Position, Range, WriterId, limits};

use super::{script::Step, side::Side};

/// The nth log of a side, or one that nobody writes.
pub(super) fn writer(side: &Side, n: u8) -> WriterId {
    if n % 8 == 7 { WriterId([n; 16]) } else { side.writer(n % 8) }
}

/// A place in a log: low numbers are near its start, and a high bit makes the chain a wrong one.
pub(super) fn position(side: &Side, writer: WriterId, n: u8) -> Position {
    let seq = match n % 64 {
        60 => limits::SEQ_MAX,
        61 => limits::SEQ_MAX - 1,
        62 => 1 << 32,
        63 => 600,
        near => near.into(),
    };
    let Ok(held) = side.log.chain_at(writer, seq);
    let chain = held.filter(|_| n < 128).unwrap_or(Chain([n; 32]));
    Position { seq, chain }
}

/// A range of a log that may begin, end or go where nothing is.
pub(super) fn range(side: &Side, step: Step) -> Range {
    let writer = writer(side, step.a);
    Range { writer, after: position(side, writer, step.b), until: position(side, writer, step.c) }
}
